import type { Examples } from './of-signature.ts';

/** Lines for the tests of `OWNERSHIP`. */
export const OWNERSHIP_EXAMPLES: Examples = {
  'bar-reserve': {
    matches: [
      "vfio-pci 0000:00:02.0: BAR 2: can't reserve [mem 0x4000000000-0x400fffffff 64bit pref]",
      "vfio-pci 0000:00:02.0: BAR 2 [mem 0x4000000000-0x400fffffff 64bit pref]: can't reserve [mem 0x4000000000-0x400fffffff 64bit pref]",
    ],
    not: ["e1000e 0000:00:1f.6: BAR 0: can't reserve [mem 0xa1200000-0xa121ffff]"],
  },
  bootfb: {
    matches: ['pci 0000:00:02.0: BAR 2: assigned to efifb', '4000000000-40007e8fff : BOOTFB'],
    not: ['pci 0000:00:02.0: BAR 2: assigned [mem 0x4000000000-0x400fffffff 64bit pref]'],
  },
  'vgaarb-take': {
    matches: ['vfio-pci 0000:00:02.0: vgaarb: deactivate vga console'],
    not: ['pci 0000:00:02.0: vgaarb: setting as boot VGA device'],
  },
  'vgaarb-decodes': {
    matches: [
      'vfio-pci 0000:00:02.0: vgaarb: VGA decodes changed: olddecodes=io+mem,decodes=io+mem:owns=io+mem',
      'vfio-pci 0000:00:02.0: vgaarb: changed VGA decodes: olddecodes=io+mem,decodes=none:owns=io+mem',
    ],
    not: ['pci 0000:00:02.0: vgaarb: VGA device added: decodes=io+mem,owns=io+mem,locks=none'],
  },
  'vgaarb-boot': {
    matches: [
      'pci 0000:00:02.0: vgaarb: setting as boot VGA device',
      'pci 0000:00:02.0: vgaarb: setting as boot device: VGA legacy resources not available',
    ],
    not: ['pci 0000:00:02.0: vgaarb: bridge control possible'],
  },
  'ecap-hide': {
    matches: [
      'vfio-pci 0000:00:02.0: vfio_ecap_init: hiding ecap 0x1b@0x100',
      'vfio_ecap_init: 0000:01:00.0 hiding ecap 0x19@0x900',
    ],
    not: ['vfio_bar_restore: 0000:01:00.0 reset recovery - restoring bars'],
  },
  'vfio-add': {
    matches: ['vfio_pci: add [8086:46d1[ffffffff:ffffffff]] class 0x000000/00000000'],
    not: ['vfio_pci: failed to add dynamic id [8086:46d1[ffffffff:ffffffff]] class 0x000000 (-17)'],
  },
  'vfio-probe-busy': {
    matches: [
      'vfio-pci: probe of 0000:00:02.0 failed with error -16',
      'vfio-pci 0000:00:02.0: probe with driver vfio-pci failed with error -16',
    ],
    not: ['vfio-pci: probe of 0000:00:02.0 failed with error -22'],
  },
  'vfio-enable': {
    matches: ['vfio-pci 0000:00:02.0: enabling device (0400 -> 0403)'],
    not: ['pcieport 0000:00:1c.0: enabling device (0000 -> 0003)'],
  },
  'host-i915': {
    matches: ['[drm] Initialized i915 1.6.0 20230929 for 0000:00:02.0 on minor 0'],
    not: ['[drm] Initialized simpledrm 1.0.0 20200625 for simple-framebuffer.0 on minor 0'],
  },
};
