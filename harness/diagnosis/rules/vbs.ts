import { claim, type Rule } from '../rule.ts';
import { hasCode43, works } from '../subject/trouble.ts';

/** Code 43 in a guest that runs its own hypervisor. */
export const vbs: Rule = {
  id: 'vbs',
  findings: ['guest.vbs'],
  conclude: (of) => {
    if (!of.facts.has('vbs', true)) return [];
    return [
      claim({
        id: 'guest.vbs',
        severity: hasCode43(of) && !works(of) ? 'cause' : 'info',
        title: 'The guest runs Hyper-V (VBS, WSL 2 or Windows Hello): Intel’s driver then ends with Code 43',
        detail:
          'With virtualisation-based security on, Windows itself is a guest of its own hypervisor inside the VM. Several owners saw Code 43 from the restart on with which it was switched on, and none after it was off.',
        evidence: of.facts.quotes('vbs', 'symptom', 'problemCode'),
        fix: {
          why: 'Switch Hyper-V off in the guest.',
          vm: [],
          steps: [
            { where: 'guest', text: 'bcdedit /set hypervisorlaunchtype off   # then restart the guest' },
            { where: 'guest', text: 'switch off Memory integrity, WSL 2, Hyper-V and Windows Sandbox' },
          ],
          source: 'reports collected at intel/linux-intel-lts and i915-sriov-dkms',
        },
        collect: ['msinfo32: “Virtualization-based security”'],
        explains: ['guest.code43'],
      }),
    ];
  },
};
