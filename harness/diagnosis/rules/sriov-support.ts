import type { Case } from '../case.ts';
import { claim, type Rule } from '../rule.ts';
import { sharingOf } from '../../igpu/sr-iov.ts';
import { familiesOf } from '../subject/family.ts';
import { told, wantsVfs } from './sriov-wanted.ts';

const WITHOUT_SRIOV =
  'Only Intel’s client graphics of generation 12 and later have SR-IOV (Alder Lake, Raptor Lake, Meteor Lake, Arrow Lake and later); older ones never do.';

type Support = 'never' | 'doubtful' | 'refused' | null;

/** Virtual functions are wanted of an iGPU that has none. */
export const sriovSupport: Rule = {
  id: 'sriov-support',
  findings: ['sriov.not-supported'],
  conclude: (of) => {
    const support = supportOf(of);
    if (support === null || of.signals.has('sriov-on')) return [];
    const names = [...new Set(familiesOf(of).map(({ codename }) => codename))].join(' or ');
    return [
      claim({
        id: 'sriov.not-supported',
        severity: 'cause',
        confidence: support === 'never' ? 'certain' : support === 'doubtful' ? 'likely' : 'possible',
        title:
          support === 'never'
            ? `${names} graphics have no SR-IOV`
            : support === 'doubtful'
              ? `${names}: virtual functions of these graphics are not known to work`
              : 'A tool says that this iGPU has no SR-IOV',
        detail: WITHOUT_SRIOV,
        evidence: [
          ...told(of, 'sriov-refused'),
          ...of.facts.quotes('device', 'codename', 'cpu', 'mode', 'symptom'),
        ],
        fix: {
          why: 'Pass the whole device; generations 5 to 9 can also be shared as mediated devices (GVT-g).',
          vm: [],
          steps: [{ where: 'vm', text: 'hostpci0: 0000:00:02.0' }],
          source: 'Linux include/drm/intel/pciids.h and i915’s SR-IOV capability',
        },
        explains: [
          'sriov.no-pf-driver',
          'sriov.pf-on-vfio',
          'sriov.driver-broken',
          'host.device-missing',
          'guest.driver-missing',
          'guest.code43',
        ],
      }),
    ];
  },
};

function supportOf(of: Case): Support {
  if (!wantsVfs(of)) return null;
  const families = familiesOf(of).map(({ code }) => sharingOf(code).sriov);
  const refused = told(of, 'sriov-refused').length > 0;
  if (families.length === 0) return refused ? 'refused' : null;
  if (families.every((has) => has === 'no')) return 'never';
  // Tiger Lake and Rocket Lake make virtual functions under some drivers; no Windows guest was seen to work with one.
  const doubted =
    refused || of.facts.has('sign', 'no-sriov-capability') || of.facts.has('symptom', 'code-43');
  return doubted && families.every((has) => has === 'both' || has === 'no') ? 'doubtful' : null;
}
