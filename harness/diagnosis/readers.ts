import type { RomSeen } from './case.ts';
import type { Fact } from './fact.ts';
import type { Part, PartKind } from './part.ts';
import type { Quote } from './quote.ts';
import { comparedIn } from './readers/compared.ts';
import { readDeviceStatus } from './readers/device-status.ts';
import { readFacts } from './readers/facts.ts';
import { readGuestKernel } from './readers/guest-kernel.ts';
import { readHostFile } from './readers/host-file.ts';
import { readKernelBanner } from './readers/kernel-banner.ts';
import { readLspci } from './readers/lspci.ts';
import { readProbeAnswer } from './readers/probe-answer.ts';
import { readPveVersions } from './readers/pve-versions.ts';
import { readRomPart } from './readers/rom.ts';
import { readVm } from './readers/vm-reader.ts';
import type { VmSetup } from './vm-setup.ts';

/** What one part of an input says. */
export interface PartRead {
  readonly facts: readonly Fact[];
  readonly vms: readonly VmSetup[];
  readonly roms: readonly RomSeen[];
  readonly notUnderstood: readonly Quote[];
}

const NOTHING: PartRead = { facts: [], vms: [], roms: [], notUnderstood: [] };

type Plain = Pick<PartRead, 'facts' | 'notUnderstood'>;

const facts =
  (read: (part: Part) => Plain) =>
  (part: Part): PartRead => ({ ...NOTHING, ...read(part) });

function vm(part: Part): PartRead {
  const read = readVm(part);
  if (read === null) return NOTHING;
  const { setup, ...plain } = read;
  return { ...NOTHING, ...plain, vms: setup === null ? [] : [setup] };
}

/** Who reads what: one line a kind. */
const READERS: Readonly<Record<PartKind, (part: Part) => PartRead>> = {
  'kernel-log': facts(readKernelBanner),
  'guest-kernel-log': facts(readGuestKernel),
  // Signatures alone look at it.
  'qemu-log': () => NOTHING,
  'proxmox-config': vm,
  'libvirt-xml': vm,
  'qemu-command-line': vm,
  lspci: facts(readLspci),
  'pve-versions': facts(readPveVersions),
  'host-file': facts(readHostFile),
  'probe-answer': facts(readProbeAnswer),
  'device-status': facts(readDeviceStatus),
  facts: (part) => {
    const { facts: plain, notUnderstood } = readFacts(part);
    return { ...NOTHING, facts: [...plain, ...comparedIn(part)], notUnderstood };
  },
  rom: (part) => {
    const rom = readRomPart(part);
    return { ...NOTHING, roms: rom === null ? [] : [rom] };
  },
  unknown: () => NOTHING,
};

export function readPart(part: Part): PartRead {
  return READERS[part.kind](part);
}
