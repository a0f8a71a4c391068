import { claim, type Rule } from '../rule.ts';
import { works } from '../subject/trouble.ts';

/** Without an IOMMU nothing is passed through. What single lines say of it stands with their signatures. */
export const iommuOff: Rule = {
  id: 'iommu-off',
  findings: ['host.iommu-off'],
  conclude: (of) => {
    const off = of.facts.of('biosSetting').filter(({ value }) => value === 'vt-d=off');
    if (off.length === 0 || works(of)) return [];
    return [
      claim({
        id: 'host.iommu-off',
        severity: 'cause',
        title: 'The IOMMU (VT-d) is off',
        detail: 'Without VT-d the host cannot give a device to a guest at all.',
        evidence: off.map(({ quote }) => quote),
        fix: {
          why: 'Switch VT-d on.',
          vm: [],
          steps: [
            { where: 'bios', text: 'VT-d (Intel Virtualization Technology for Directed I/O): enabled' },
            {
              where: 'host',
              text: 'add intel_iommu=on to the kernel command line, restart, and look: ls /sys/kernel/iommu_groups',
            },
          ],
          source: 'Linux Documentation/arch/x86/iommu.rst',
        },
        explains: ['guest.driver-missing', 'rom.missing', 'host.group-not-viable', 'guest.code43'],
      }),
    ];
  },
};
