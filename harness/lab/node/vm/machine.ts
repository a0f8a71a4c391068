import { type Machine, readMachine } from '../../../vmconfig/machine.ts';
import { parseVmConfig, type VmConfig } from '../../../vmconfig/parse.ts';
import { propertyMap } from '../../../vmconfig/property-string.ts';
import { sortedLines } from '../conf/write-conf.ts';
import { refusal } from '../refusals.ts';

/** The QEMU that the node claims to have. */
export const QEMU_VERSION = '10.0.13';

/** What `pc` and `q35` are. */
const NEWEST = [10, 0, 0] as const;

/** A section of a config, read by the one who knows what Proxmox makes of it. */
export interface Described {
  readonly config: VmConfig;
  readonly machine: Machine;
  /** As it stands in `-machine`: with Proxmox's own revision. */
  readonly type: string;
  readonly name: string;
}

/** @throws Refusal the machine is newer than this node's QEMU */
export function describe(vmid: number, entries: ReadonlyMap<string, string>): Described {
  const config = parseVmConfig(sortedLines(entries).join('\n'));
  const accelerator = entries.get('kvm') === '0' ? 'tcg' : 'kvm';
  const read = readMachine(config, { accelerator, igpuAddress: '0000:00:02.0' });
  const machine: Machine = { ...read, version: read.version ?? NEWEST };
  const asked = propertyMap(entries.get('machine') ?? null, 'type').get('type') ?? 'pc';
  const type = withRevision(machine.windows > 0 ? machine.type : asked, entries);
  const [, version] = /-(\d+\.\d+)/.exec(type) ?? [];
  if (version !== undefined && isNewer(version)) throw refusal('machineTooNew', QEMU_VERSION, type);
  return { config, machine, type, name: entries.get('name') ?? `vm${vmid}` };
}

/** Network cards are those of revision 1, as the transcripts have it: with them the machine is of that revision. */
function withRevision(type: string, entries: ReadonlyMap<string, string>): string {
  if (type.includes('+')) return type;
  return `${type}+pve${[...entries.keys()].some((key) => /^net\d/.test(key)) ? 1 : 0}`;
}

function isNewer(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [ownMajor = 0, ownMinor = 0] = QEMU_VERSION.split('.').map(Number);
  return major > ownMajor || (major === ownMajor && minor > ownMinor);
}
