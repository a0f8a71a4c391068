import type { RomSeen } from './case.ts';
import type { Fact } from './fact.ts';
import type { Part, PartKind } from './part.ts';
import type { Quote } from './quote.ts';
import { readGuestKernel } from './readers/guest-kernel.ts';
import { readHostFile } from './readers/host-file.ts';
import { readKernelBanner } from './readers/kernel-banner.ts';
import { readPveVersions } from './readers/pve-versions.ts';
import type { LoggedCommand } from './readers/start-log.ts';
import type { VmSetup } from './vm-setup.ts';

/** What one part of an input says. */
export interface PartRead {
  readonly facts: readonly Fact[];
  readonly vms: readonly VmSetup[];
  readonly roms: readonly RomSeen[];
  readonly notUnderstood: readonly Quote[];
  /** A command line that a log quotes. */
  readonly logged: LoggedCommand | null;
}

type Reader = (part: Part) => PartRead;
/** Readers by what they read. */
export type Readers = ReadonlyMap<PartKind, Reader>;

const NOTHING: PartRead = { facts: [], vms: [], roms: [], notUnderstood: [], logged: null };

type Plain = Pick<PartRead, 'facts' | 'notUnderstood'>;

const facts =
  (read: (part: Part) => Plain): Reader =>
  (part) => ({ ...NOTHING, ...read(part) });

async function vm(): Promise<Reader> {
  const { readVm } = await import('./readers/vm-reader.ts');
  return (part) => {
    const read = readVm(part);
    if (read === null) return NOTHING;
    const { setup, ...plain } = read;
    return { ...NOTHING, ...plain, vms: setup === null ? [] : [setup] };
  };
}

/** Who reads what without being loaded first: one line a kind. */
const AT_HAND = {
  'kernel-log': facts(readKernelBanner),
  'guest-kernel-log': facts(readGuestKernel),
  'pve-versions': facts(readPveVersions),
  'host-file': facts(readHostFile),
  unknown: () => NOTHING,
} as const satisfies Partial<Record<PartKind, Reader>>;

/** Who is large, or seldom wanted: loaded with the first part of the kind. */
const ON_DEMAND: Readonly<Record<Exclude<PartKind, keyof typeof AT_HAND>, () => Promise<Reader>>> = {
  'proxmox-config': vm,
  'libvirt-xml': vm,
  'qemu-command-line': vm,
  // The rest of it is the signatures'.
  'qemu-log': async () => {
    const { commandInLog, readStartLog } = await import('./readers/start-log.ts');
    return (part) => ({ ...NOTHING, ...readStartLog(part), logged: commandInLog(part) });
  },
  lspci: async () => facts((await import('./readers/lspci.ts')).readLspci),
  'device-status': async () => facts((await import('./readers/device-status.ts')).readDeviceStatus),
  'rom-digests': async () => facts((await import('./readers/rom-digests.ts')).readRomDigests),
  'probe-answer': async () => facts((await import('./readers/probe-answer.ts')).readProbeAnswer),
  facts: async () => facts((await import('./readers/plain-facts.ts')).readPlainFacts),
  rom: async () => {
    const { readRomPart } = await import('./readers/rom.ts');
    return (part) => {
      const rom = readRomPart(part);
      return { ...NOTHING, roms: rom === null ? [] : [rom] };
    };
  },
};

/**
 * The readers of these kinds.
 * @throws what loading a module throws
 */
export async function readersFor(kinds: Iterable<PartKind>): Promise<Readers> {
  const loading = [...new Set(kinds)].map(async (kind) => [kind, await readerOf(kind)] as const);
  return new Map(await Promise.all(loading));
}

function readerOf(kind: PartKind): Reader | Promise<Reader> {
  return isAtHand(kind) ? AT_HAND[kind] : ON_DEMAND[kind]();
}

function isAtHand(kind: PartKind): kind is keyof typeof AT_HAND {
  return kind in AT_HAND;
}
