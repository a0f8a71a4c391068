import { isDeepStrictEqual } from 'node:util';
import type { NodeReach } from '../../host/proxmox/node-link.ts';
import { type HostFacts, isAbout } from '../../init/host-file.ts';
import { hostIds } from '../../init/host-id.ts';
import type { SeenNode } from '../../init/seen-node.ts';
import type { Library } from '../../scenario/library.ts';
import { printable } from '../../text/printable.ts';
import { UsageError } from '../usage-error.ts';
import type { Asker } from './asker.ts';

/** What a host is called, and why it is that. */
export interface ChosenName {
  readonly name: string;
  readonly why: 'said' | 'known' | 'proposed';
}

/** Folders below scenarios/ that hold other things. */
const RESERVED = new Set(['hosts', 'guests', 'traces', 'failures']);

/** @throws UsageError the name cannot be, or several are possible */
export async function hostName(
  said: string | undefined,
  {
    reach,
    seen,
    facts,
    library,
  }: {
    readonly reach: NodeReach;
    readonly seen: SeenNode;
    readonly facts: HostFacts;
    readonly library: Library;
  },
  asker: Asker | null,
): Promise<ChosenName> {
  const check = (name: string): string => checkedName(name, library);
  if (said !== undefined) return { name: check(said), why: 'said' };
  const known = [...library.owners].filter(([, { connection }]) =>
    isDeepStrictEqual(connection?.reach, reach),
  );
  const [first, ...others] = known.map(([name]) => name);
  if (others.length > 0)
    throw new UsageError(
      `your hosts.yaml reaches several hosts in this way: say which with --name (${[first, ...others].join(', ')})`,
    );
  if (first !== undefined) return { name: check(first), why: 'known' };
  const free = hostIds(facts.cpu, facts.codename, seen.board).find((id) => isFree(id, facts, library));
  if (free === undefined) throw new UsageError('every id that fits this host is taken: give one with --name');
  if (asker === null) return { name: check(free), why: 'proposed' };
  const name = await asker.ask('Id of the host, from its hardware: it is published', free, check);
  return { name, why: name === free ? 'proposed' : 'said' };
}

/** Another host's name, or another way to reach it, is taken; the facts of a machine like this one are shared. */
function isFree(id: string, { igpu }: HostFacts, { hosts, owners }: Library): boolean {
  const file = hosts.get(id);
  const mayBe = file === undefined || isAbout(file, igpu);
  return mayBe && !RESERVED.has(id) && (owners.get(id)?.connection ?? null) === null;
}

function checkedName(name: string, { hosts }: Library): string {
  const shown = printable(JSON.stringify(name), 80);
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(name) || RESERVED.has(name))
    throw new UsageError(
      `--name ${shown}: expected small letters, digits, ".", "_" and "-", and none of ${[...RESERVED].join(', ')}`,
    );
  if (hosts.get(name)?.platform === 'qemu')
    throw new UsageError(`--name ${shown}: scenarios/hosts/${name}.yaml is a host of platform qemu`);
  return name;
}
