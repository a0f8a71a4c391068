import type { IgdSupport } from './qemu-support.ts';

/** What legacy mode asks about; null: not known. */
export interface LegacySetup {
  /** Of the iGPU in the QEMU at hand. */
  readonly support: Pick<IgdSupport, 'legacyMode'> | null;
  readonly machine: 'i440fx' | 'q35' | null;
  /** Whether the guest sees the device at 00:02.0 of the root bus. */
  readonly at00020: boolean | null;
  /** A romfile, or a ROM that the device itself shows. */
  readonly hasRom: boolean | null;
  /** Another device at 00:1f.0 of the guest. */
  readonly busy1f0: boolean | null;
  /** The host's class of the device is 0300, and vfio-pci runs without disable_vga=1. */
  readonly vgaAccess: boolean | null;
  /** vfio-pci has the OpRegion of the host: the firmware has set the iGPU up, and it is no VF. */
  readonly hostOpRegion: boolean | null;
  readonly hotplugged: boolean | null;
}

export interface LegacyCondition {
  readonly id: 'generation' | 'machine' | 'address' | 'rom' | 'bridge' | 'vga' | 'opregion' | 'cold-plug';
  readonly needs: string;
  readonly why: string;
  /** Null: not known. */
  readonly met: (setup: LegacySetup) => boolean | null;
}

/** All of them must hold. Source: QEMU's hw/vfio/igd.c and docs/igd-assign.txt. */
export const LEGACY_CONDITIONS: readonly LegacyCondition[] = [
  {
    id: 'generation',
    needs: 'a generation that this QEMU takes: from 10.1 on 6 to 9 only',
    why: 'later ones have no VGA BIOS, and nothing else needs the mode',
    met: ({ support }) => (support === null ? null : support.legacyMode === 'allowed'),
  },
  {
    id: 'machine',
    needs: 'an i440fx machine (`machine: pc`)',
    why: 'q35 has a bridge of its own at 00:1f.0, where the host’s must be imitated',
    met: ({ machine }) => (machine === null ? null : machine === 'i440fx'),
  },
  {
    id: 'address',
    needs: 'guest address 00:02.0',
    why: 'the VGA BIOS and the drivers look for the device there',
    met: ({ at00020 }) => at00020,
  },
  {
    id: 'rom',
    needs: 'a ROM: `romfile=`, or one that the device shows',
    why: 'the mode exists to let that ROM run',
    met: ({ hasRom }) => hasRom,
  },
  {
    id: 'bridge',
    needs: 'no other device at guest address 00:1f.0',
    why: 'QEMU puts its copy of the host’s LPC bridge there',
    met: ({ busy1f0 }) => (busy1f0 === null ? null : !busy1f0),
  },
  {
    id: 'vga',
    needs: 'VGA access: class 0300 on the host, no disable_vga=1 for vfio-pci',
    why: 'the VGA BIOS uses the VGA ranges',
    met: ({ vgaAccess }) => vgaAccess,
  },
  {
    id: 'opregion',
    needs: 'the host’s OpRegion: the iGPU switched on in the BIOS, and not a virtual function',
    why: 'it says which outputs the board has',
    met: ({ hostOpRegion }) => hostOpRegion,
  },
  {
    id: 'cold-plug',
    needs: 'to be there when the VM starts',
    why: 'bridges cannot be changed under a running guest',
    met: ({ hotplugged }) => (hotplugged === null ? null : !hotplugged),
  },
];

/** Whether legacy mode is legal: `no` if one condition fails, `yes` if all hold, else `unknown`. */
export function legacyModeOf(setup: LegacySetup): {
  readonly legal: 'yes' | 'no' | 'unknown';
  readonly unmet: readonly LegacyCondition[];
  readonly unknown: readonly LegacyCondition[];
} {
  const unmet = LEGACY_CONDITIONS.filter(({ met }) => met(setup) === false);
  const unknown = LEGACY_CONDITIONS.filter(({ met }) => met(setup) === null);
  return { legal: unmet.length > 0 ? 'no' : unknown.length > 0 ? 'unknown' : 'yes', unmet, unknown };
}

/** What Proxmox refuses together with `legacy-igd=1`. Source: qemu-server PCI.pm. */
export const PROXMOX_LEGACY_REFUSES = [
  'machine q35 or pcie=1',
  'x-vga=1',
  'mdev=…',
  'rombar=0',
  'a vga other than none',
  'a host address other than 00:02.0, all functions (00:02) or alternatives (;)',
  'a second device with legacy-igd',
] as const;

/** What the guest needs outside legacy mode (UPT), each with who needs it. Source: QEMU docs/igd-assign.txt. */
export const UPT_NEEDS = [
  {
    what: 'the OpRegion: x-igd-opregion=on, the default from QEMU 10.1',
    who: 'Windows’ driver, GOP; Linux only for the right outputs',
  },
  { what: 'guest address 00:02.0', who: 'Windows’ driver, by its maintainer’s word; GOP' },
  {
    what: 'a ROM with IgdAssignmentDxe',
    who: 'OVMF, which hands OpRegion and stolen memory over only with it',
  },
  { what: 'class 0300 on the host', who: 'GOP, and every QEMU before 10.1' },
  {
    what: 'the host’s LPC and host bridge ids: x-igd-lpc=on, i440fx only',
    who: 'GOP: the picture before the driver',
  },
] as const;
