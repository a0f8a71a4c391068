import { understand } from './diagnose.ts';
import type { Finding } from './finding.ts';
import { applyFix } from './fix/apply-fix.ts';
import type { PartKind } from './part.ts';
import { rank } from './rank.ts';
import type { ReadInput } from './read/input-reader.ts';
import type { Rule } from './rule.ts';
import { CONFIG_RULES } from './rules/config.ts';
import { deviceClass } from './rules/device-class.ts';
import { qemuGeneration } from './rules/qemu-generation.ts';
import { qemuTooOld } from './rules/qemu-too-old.ts';
import type { Signals } from './signature.ts';
import { told as tell } from './told.ts';

export interface Lint {
  /** How many VMs the inputs describe. */
  readonly vms: number;
  /** How many facts of the host its evidence gave. */
  readonly ofHost: number;
  /** What is bad first; `cause`: such a VM would not start, or its iGPU would not work. */
  readonly findings: readonly Finding[];
}

const NO_SIGNALS: Signals = { of: () => [], count: () => 0, has: () => false, ids: [] };

/** Rules of what a VM and its host do together, which no description of a VM breaks by itself. */
const RULES: readonly Rule[] = [...CONFIG_RULES, qemuGeneration, qemuTooOld, deviceClass];

/** What tells of a VM or a guest: of a host's evidence that is another one, or the same before it was changed. */
const OF_A_VM: ReadonlySet<PartKind> = new Set<PartKind>([
  'proxmox-config',
  'libvirt-xml',
  'qemu-command-line',
  'guest-kernel-log',
  'probe-answer',
  'device-status',
]);

/**
 * What is wrong with the VMs that are described, before anybody boots them. What logs complain of is not looked at;
 * facts of the host that stand beside them are.
 *
 * @param host what tells of the host they are to run on: anything that a diagnosis takes. VMs in it are left aside.
 */
export function lint(inputs: readonly ReadInput[], host: readonly ReadInput[] = []): Lint {
  const beside = host.map((input) => ({
    ...input,
    parts: input.parts.filter(({ kind }) => !OF_A_VM.has(kind)),
  }));
  const { of, texts } = understand([...inputs, ...beside]);
  const claims = rank(RULES.flatMap((rule) => rule.conclude({ ...of, signals: NO_SIGNALS })));
  const told = new Set(beside.map(({ seen }) => seen.input));
  return {
    vms: of.vms.length,
    ofHost: of.facts.all.filter(({ quote }) => told.has(quote.input)).length,
    findings: claims.map((claim) => tell(claim, of, texts, applyFix)),
  };
}
