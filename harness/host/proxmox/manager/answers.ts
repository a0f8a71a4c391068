import * as z from 'zod/mini';
import { PveUnreadable } from './unreadable.ts';
import type { ListedVm, Snapshot, VmConfig, VmStatus } from '../vm-manager.ts';

/**
 * What Proxmox VE's JSON answers hold, over `pvesh` and over HTTP alike. Every function throws PveUnreadable where an
 * answer is another, and reads no more of it than is asked for.
 */

/** Numbers that come as text, too: Perl has no types. */
const whole = z.pipe(
  z.union([z.int(), z.string().check(z.regex(/^\d{1,15}$/))]),
  z.transform((value) => Number(value)),
);
const scalar = z.pipe(
  z.union([z.string(), z.number(), z.boolean()]),
  z.transform((value) => (typeof value === 'boolean' ? String(Number(value)) : String(value))),
);
const flag = z.pipe(
  scalar,
  z.transform((value) => value === '1'),
);
/** Perl's undef is null. */
const absent = <T extends z.core.$ZodType>(type: T) => z.optional(z.nullable(type));

const nodes = z.array(z.object({ node: z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/)) }));
const vms = z.array(
  z.object({
    vmid: whole,
    name: absent(scalar),
    tags: absent(scalar),
    template: absent(flag),
    status: z.string(),
  }),
);
const config = z.record(z.string(), scalar);
const status = z.object({
  status: z.string(),
  qmpstatus: absent(z.string()),
  pid: absent(whole),
  uptime: absent(whole),
  lock: absent(z.string()),
});
const snapshots = z.array(
  z.object({
    name: z.string(),
    parent: absent(z.string()),
    snaptime: absent(whole),
    description: absent(scalar),
    vmstate: absent(flag),
  }),
);

/** @returns the names of the cluster's nodes */
export function readNodes(asked: string, answer: unknown): readonly string[] {
  return read(nodes, asked, answer).map(({ node }) => node);
}

export function readVersion(asked: string, answer: unknown): string {
  return read(z.object({ version: z.string() }), asked, answer).version;
}

/** @returns the release of the kernel that runs; null where the answer does not say */
export function readKernel(asked: string, answer: unknown): string | null {
  const shape = z.object({ 'current-kernel': absent(z.object({ release: absent(z.string()) })) });
  return read(shape, asked, answer)['current-kernel']?.release ?? null;
}

export function readList(asked: string, answer: unknown): readonly ListedVm[] {
  return read(vms, asked, answer).map((vm) => ({
    vmid: vm.vmid,
    name: vm.name ?? '',
    tags: (vm.tags ?? '').split(/[;,\s]+/).filter((tag) => tag !== ''),
    template: vm.template ?? false,
    status: vm.status,
  }));
}

/** A number that stands alone. */
export function readNumber(asked: string, answer: unknown): number {
  return read(whole, asked, answer);
}

export function readConfig(asked: string, answer: unknown): VmConfig {
  const entries = new Map(Object.entries(read(config, asked, answer)));
  const digest = entries.get('digest') ?? '';
  if (!/^[0-9a-f]{40}$/.test(digest)) throw new PveUnreadable(asked, 'the config has no digest', digest);
  entries.delete('digest');
  return { entries, digest };
}

export function readStatus(asked: string, answer: unknown): VmStatus {
  const now = read(status, asked, answer);
  return {
    status: now.status,
    qmpstatus: now.qmpstatus ?? now.status,
    pid: now.pid ?? null,
    uptime: now.uptime ?? 0,
    lock: now.lock ?? null,
  };
}

/** @returns oldest first; of those of one second a snapshot comes before what stands on it */
export function readSnapshots(asked: string, answer: unknown): readonly Snapshot[] {
  const found = read(snapshots, asked, answer)
    .filter(({ name }) => name !== 'current')
    .map((one) => ({
      name: one.name,
      parent: one.parent ?? null,
      taken: one.snaptime ?? 0,
      description: one.description ?? '',
      vmstate: one.vmstate ?? false,
    }));
  const parents = new Map(found.map(({ name, parent }) => [name, parent]));
  const depth = new Map(found.map(({ name }) => [name, depthOf(name, parents)]));
  return found.sort((a, b) => a.taken - b.taken || (depth.get(a.name) ?? 0) - (depth.get(b.name) ?? 0));
}

/** How many snapshots one stands on; a circle ends where it began. */
function depthOf(name: string, parents: ReadonlyMap<string, string | null>): number {
  const seen = new Set<string>();
  for (let at: string | null = name; at !== null && !seen.has(at); at = parents.get(at) ?? null) seen.add(at);
  return seen.size;
}

/** @returns the JSON that a program printed */
export function readJson(asked: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PveUnreadable(asked, 'the answer is not JSON', text, { cause });
  }
}

/** @returns the answer as `shape` has it */
export function read<T extends z.core.$ZodType>(shape: T, asked: string, answer: unknown): z.output<T> {
  const parsed = z.safeParse(shape, answer);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
  throw new PveUnreadable(asked, `the answer is another than expected${where}`, JSON.stringify(answer));
}
