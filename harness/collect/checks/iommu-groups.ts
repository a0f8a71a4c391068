import { notOk, ok, unknown, type Check } from '../check.ts';
import { membersOf } from '../iommu-members.ts';
import { linesWith } from '../host-state.ts';

/** "DMAR: IOMMU enabled" is printed for the option alone, so groups are what counts. */
export const iommuGroups: Check = {
  id: 'iommu',
  what: 'the IOMMU remaps DMA',
  needs: ['iommu-groups', 'kernel-command-line', 'kernel-log'],
  look({ text, why }) {
    const groups = membersOf(text('iommu-groups') ?? '');
    if (groups.size > 0) return ok(`${groups.size} IOMMU groups exist`, '/sys/kernel/iommu_groups');
    if (/there is no program/.test(why('iommu-groups'))) return unknown(why('iommu-groups'));
    const asked = /\bintel_iommu=on\b/.test(text('kernel-command-line') ?? '');
    return notOk(
      'there are no IOMMU groups, so no device can be passed through',
      [
        '/sys/kernel/iommu_groups is empty',
        ...linesWith(text('kernel-command-line'), /iommu=/),
        ...linesWith(text('kernel-log'), /DMAR: (?:IOMMU enabled|No |IOMMU disabled)/, 3),
      ],
      'Turn VT-d on in the firmware set-up.',
      ...(asked ? [] : ['Add intel_iommu=on to the kernel command line and restart the host.']),
    );
  },
};
