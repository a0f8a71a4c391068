import type { Examples } from './of-signature.ts';

/** Lines for the tests of `OPTION_ROM`. */
export const OPTION_ROM_EXAMPLES: Examples = {
  'rom-header': {
    matches: [
      'vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xcffa',
      'vfio-pci 0000:00:02.0: Invalid ROM contents',
    ],
    not: ['i915 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff'],
  },
  'rom-header-driver': {
    matches: ['i915 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff'],
    not: ['vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff'],
  },
  'no-vbt': {
    matches: ['i915 0000:00:02.0: [drm] Failed to find VBIOS tables (VBT)'],
    not: ['i915 0000:00:02.0: [drm] Found valid VBT in OpRegion'],
  },
  'rom-data': {
    matches: ['vfio-pci 0000:00:02.0: Invalid PCI ROM data signature: expecting 0x52494350, got 0xe937aa55'],
    not: ['vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0x0000'],
  },
  'rom-nomore': {
    matches: ['vfio-pci 0000:00:02.0: No more image in the PCI ROM'],
    not: ['vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff'],
  },
  'rom-shadow': {
    matches: [
      'pci 0000:00:02.0: Video device with shadowed ROM at [mem 0x000c0000-0x000dffff]',
      'pci 0000:00:02.0: Boot video device',
    ],
    not: ['pci 0000:00:02.0: BAR 6: [mem 0x000c0000-0x000dffff pref] shadowed'],
  },
  'rom-sanity': {
    matches: [
      'resource sanity check: requesting [mem 0x000c0000-0x000dffff], which spans more than PCI Bus 0000:00',
      'caller pci_map_rom+0x7d/0x1a0 mapping multiple BARs',
    ],
    not: ['resource sanity check: requesting [mem 0xfed10000-0xfed15fff], which spans more than pnp 00:05'],
  },
  'rom-bar': {
    matches: [
      "pci 0000:00:02.0: can't claim BAR 6 [mem 0xfff80000-0xffffffff pref]: no compatible bridge window",
      'pci 0000:01:00.0: BAR 6: failed to assign [mem size 0x00080000 pref]',
      'pci 0000:01:00.0: BAR 6 [mem size 0x00080000 pref]: failed to assign',
    ],
    not: ['pci 0000:00:1f.6: BAR 0: failed to assign [mem size 0x00020000]'],
  },
};
