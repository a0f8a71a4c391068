import type { Collector } from '../collector.ts';

/** The proof that DMA is remapped: the kernel's word that it is on is none. */
export const iommuGroups: Collector = {
  id: 'iommu-groups',
  file: 'iommu-groups.txt',
  what: 'IOMMU groups',
  limit: { seconds: 10, bytes: 262_144 },
  whenMissing: 'there are none while the IOMMU is off: VT-d in the firmware set-up, intel_iommu=on',
  gather: async (ask) => [
    await ask.some(
      'find',
      '/sys/kernel/iommu_groups',
      '-mindepth',
      '3',
      '-maxdepth',
      '3',
      '-path',
      '*/devices/*',
    ),
  ],
};
