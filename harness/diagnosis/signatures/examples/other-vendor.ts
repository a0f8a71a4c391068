import type { Examples } from './of-signature.ts';

/** Lines for the tests of `OTHER_VENDOR`. */
export const OTHER_VENDOR_EXAMPLES: Examples = {
  'rom-header-other': {
    matches: ['amdgpu 0000:04:00.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff'],
    not: ['vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff'],
  },
  nvidia: {
    matches: [
      'NVRM: loading NVIDIA UNIX x86_64 Kernel Module  550.90.07',
      'nouveau 0000:01:00.0: NVIDIA GP104 (134000a1)',
    ],
    not: ['i915 0000:00:02.0: [drm] VT-d active for gfx access'],
  },
  amdgpu: {
    matches: [
      'amdgpu 0000:03:00.0: amdgpu: Fetched VBIOS from VFCT',
      'vfio-pci 0000:03:00.0: AMD_POLARIS10: performing pre-reset',
      'vendor_reset_hook: installed',
    ],
    not: ['AMD-Vi: Interrupt remapping enabled'],
  },
  'amd-iommu': { matches: ['AMD-Vi: Interrupt remapping enabled'], not: ['DMAR: IOMMU enabled'] },
  arc: {
    matches: [
      'i915 0000:03:00.0: [drm] Found DG2/G10 (device ID 56a0) display version 13.00 stepping C0',
      'xe 0000:03:00.0: [drm] Found BATTLEMAGE (device ID e20b) display version 14.01 stepping A0',
    ],
    not: ['i915 0000:00:02.0: [drm] Found ALDERLAKE_N (device ID 46d1) display version 13.00 stepping D0'],
  },
  'passed-other': {
    matches: ['vfio_pci: add [10de:1b80[ffffffff:ffffffff]] class 0x000000/00000000'],
    not: ['vfio_pci: add [8086:46d1[ffffffff:ffffffff]] class 0x000000/00000000'],
  },
};
