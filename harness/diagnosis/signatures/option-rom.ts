import type { Signature } from '../signature.ts';
import { romGiven } from '../subject/passed.ts';
import { works } from '../subject/trouble.ts';

/** Kernel: reading the option ROM of a PCI device. */
export const OPTION_ROM: readonly Signature[] = [
  {
    id: 'rom-header',
    emitters: ['host-kernel'],
    literals: ['Invalid PCI ROM header signature', 'Invalid ROM contents'],
    pattern:
      /\b(?:vfio-pci|pci) (?<device>[0-9a-f:]{7,12}\.[0-7]): Invalid (?:ROM contents|PCI ROM header signature(?:: expecting 0xaa55, got (?<got>0x[0-9a-f]{1,4}))?)/i,
    means:
      'The kernel looked for an option ROM in the device and found none. Working systems print it: it matters only where the VM needs a ROM and is given no file. The value after “got” is whatever lies there and says nothing.',
    source: 'drivers/pci/rom.c, pci_get_rom_size(); the short wording: old kernels',
    finding: {
      id: 'rom.signature-benign',
      title: 'The line “Invalid PCI ROM header signature” is harmless here',
      severity: (_, of) => (works(of) || romGiven(of) === 'yes' ? 'harmless' : null),
      confidence: () => 'certain',
    },
  },
  {
    id: 'rom-header-driver',
    emitters: ['host-kernel', 'guest-kernel'],
    literals: ['Invalid PCI ROM header signature'],
    pattern:
      /\b(?<driver>i915|xe) (?<device>[0-9a-f:]{7,12}\.[0-7]): Invalid PCI ROM header signature: expecting 0xaa55, got (?<got>0x[0-9a-f]{1,4})/,
    means:
      'The graphics driver looked for its table of display outputs in a ROM and found none. Usual on hosts without CSM. In a guest it goes with a missing OpRegion, which matters for a monitor, not for computing.',
    source: 'drivers/pci/rom.c, pci_get_rom_size(), called by i915',
    finding: null,
  },
  {
    id: 'no-vbt',
    emitters: ['host-kernel', 'guest-kernel'],
    literals: ['Failed to find VBIOS tables', 'VBT not found', 'No VBT found'],
    pattern: /Failed to find VBIOS tables \(VBT\)|\bVBT not found|\bNo VBT found/i,
    means:
      'The graphics driver has no table of display outputs. In a guest: no OpRegion reached it, so outputs may stay dark; rendering and video decoding do not need it.',
    source: 'drivers/gpu/drm/i915/display/intel_bios.c, intel_bios_init()',
    finding: null,
  },
  {
    id: 'rom-data',
    emitters: ['host-kernel', 'guest-kernel'],
    literals: ['Invalid PCI ROM data signature'],
    pattern:
      /(?<device>[0-9a-f:]{7,12}\.[0-7]): Invalid PCI ROM data signature: expecting 0x52494350, got (?<got>0x[0-9a-f]{1,8})/,
    means:
      'A ROM begins as it should, but its pointer leads to no PCI data: an old VBIOS, or a damaged ROM in the device. It does not speak of a ROM file.',
    source: 'drivers/pci/rom.c, pci_get_rom_size()',
    finding: null,
  },
  {
    id: 'rom-nomore',
    emitters: ['host-kernel'],
    literals: ['No more image in the PCI ROM'],
    pattern: /(?<device>[0-9a-f:]{7,12}\.[0-7]): No more image in the PCI ROM/,
    means:
      'A length in the ROM of the device leads past its end: it is cut off. It does not speak of a ROM file.',
    source: 'drivers/pci/rom.c, pci_get_rom_size()',
    finding: null,
  },
  {
    id: 'rom-shadow',
    emitters: ['host-kernel'],
    literals: ['Video device with shadowed ROM', 'Boot video device'],
    pattern:
      /\bpci (?<device>[0-9a-f:]{7,12}\.[0-7]): Video device with shadowed ROM|\bpci (?<boot>[0-9a-f:]{7,12}\.[0-7]): Boot video device/,
    means:
      'This device is the host’s primary display, so the kernel reads its ROM from low memory, where there is often none.',
    source: 'arch/x86/pci/fixup.c, pci_fixup_video()',
    finding: null,
  },
  {
    id: 'rom-sanity',
    emitters: ['host-kernel'],
    literals: ['caller pci_map_rom', 'resource sanity check: requesting [mem 0x000c0000'],
    pattern: /\bcaller pci_map_rom|resource sanity check: requesting \[mem 0x0{3,11}c0000-/,
    means: 'A side effect of reading the ROM from low memory. It says nothing about the device.',
    source: 'kernel/resource.c, iomem_map_sanity_check()',
    finding: null,
  },
  {
    id: 'rom-bar',
    emitters: ['host-kernel'],
    literals: ["can't claim BAR 6", ': BAR 6'],
    pattern:
      /(?<device>[0-9a-f:]{7,12}\.[0-7]): (?:can't claim BAR 6\b|BAR 6\b.{0,80}(?:no space for|failed to assign|can't assign))/,
    means:
      'The ROM of the device got no address, so none can be read from it. It does not matter where a ROM file is given or none is needed.',
    source: 'drivers/pci/setup-res.c',
    finding: null,
  },
];
