import type { Part, PartKind } from '../part.ts';
import { readLibvirtDomain } from './libvirt-domain.ts';
import { readProxmoxConfig } from './proxmox-config.ts';
import { readQemuCommandLine } from './qemu-command-line.ts';
import type { SetupRead } from './setup-read.ts';

/** Who reads which description of a VM. */
const READERS: ReadonlyMap<PartKind, (part: Part) => SetupRead> = new Map([
  ['proxmox-config', readProxmoxConfig],
  ['libvirt-xml', readLibvirtDomain],
  ['qemu-command-line', readQemuCommandLine],
]);

/** What a part says of a VM; null where it is no description of one. */
export function readVm(part: Part): SetupRead | null {
  return READERS.get(part.kind)?.(part) ?? null;
}
