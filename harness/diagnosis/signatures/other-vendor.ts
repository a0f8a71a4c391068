import type { Signature } from '../signature.ts';

/** Lines of graphics devices that are not an Intel iGPU. They only show what the log is of. */
export const OTHER_VENDOR: readonly Signature[] = [
  {
    id: 'rom-header-other',
    emitters: ['host-kernel', 'guest-kernel'],
    literals: ['Invalid PCI ROM header signature'],
    pattern:
      /\b(?<driver>amdgpu|radeon|nouveau|nvidia) (?<device>[0-9a-f:]{7,12}\.[0-7]): Invalid PCI ROM header signature/,
    means: 'The driver of another card found no ROM in it. It does not speak of the iGPU.',
    source: 'drivers/pci/rom.c',
    finding: null,
  },
  {
    id: 'nvidia',
    emitters: ['host-kernel', 'guest-kernel'],
    literals: ['NVRM: ', 'nvidia-modeset:', 'nouveau 0'],
    pattern: /\bNVRM: .{1,120}|\bnvidia-modeset: .{1,60}|\bnouveau (?<device>[0-9a-f:]{7,12}\.[0-7]): /,
    means: 'An NVIDIA card is, or was, in use.',
    source: 'NVIDIA’s driver; drivers/gpu/drm/nouveau',
    finding: null,
  },
  {
    id: 'amdgpu',
    emitters: ['host-kernel', 'guest-kernel'],
    literals: ['amdgpu 0', 'radeon 0', 'vendor_reset', ': AMD_'],
    pattern:
      /\b(?:amdgpu|radeon) (?<device>[0-9a-f:]{7,12}\.[0-7]): |\bvfio-pci (?<device2>[0-9a-f:]{7,12}\.[0-7]): AMD_(?<family>[A-Z0-9]{1,20}): |\bvendor_reset(?:_hook)?: /,
    means:
      'An AMD card is in use. Some of them do not come back from a reset, an iGPU of Intel has no such trouble.',
    source: 'drivers/gpu/drm/amd; vendor-reset',
    finding: null,
  },
  {
    id: 'amd-iommu',
    emitters: ['host-kernel'],
    literals: ['AMD-Vi: '],
    pattern: /\bAMD-Vi: (?<what>.{1,100})/,
    means: 'The host has an AMD processor, so it has no Intel iGPU.',
    source: 'drivers/iommu/amd',
    finding: null,
  },
  {
    id: 'arc',
    emitters: ['host-kernel', 'guest-kernel'],
    literals: ['Found DG', 'Found BATTLEMAGE', '[drm] Local memory ', '[drm] VRAM: ', 'Small BAR device'],
    pattern:
      /\b(?:i915|xe) (?<device>[0-9a-f:]{7,12}\.[0-7]): \[drm\] (?:.{0,20}(?:Found (?:DG[12]|BATTLEMAGE)|Small BAR device)|Local memory .{1,60}|VRAM: 0x)/,
    means:
      'An Intel card with memory of its own (Arc), not an iGPU: it needs no OpRegion, no legacy mode and no ROM file.',
    source: 'drivers/gpu/drm/i915 and xe',
    finding: null,
  },
  {
    id: 'passed-other',
    emitters: ['host-kernel'],
    literals: ['vfio_pci: add ['],
    pattern: /\bvfio_pci: add \[(?<vendor>10de|1002|1b21|1022):(?<id>[0-9a-f]{4})\[/,
    means:
      'vfio-pci is told to take a device of another maker. It may stand beside an iGPU that is passed, too.',
    source: 'drivers/vfio/pci/vfio_pci.c',
    finding: null,
  },
];
