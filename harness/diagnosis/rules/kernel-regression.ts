import { claim, type Rule } from '../rule.ts';
import { isVfPlace } from '../subject/address.ts';
import { modeOf } from '../subject/passed.ts';
import { works } from '../subject/trouble.ts';

/** Kernels whose vfio refuses virtual functions: reports of i915-sriov-dkms, and of SR-IOV network cards. */
const BROKEN = /^(?:6\.8\.12-12-pve|6\.14\.8\b)/;

/** vfio hands out no virtual function of a device that did well before. */
export const kernelRegression: Rule = {
  id: 'kernel-regression',
  findings: ['host.kernel-regression'],
  conclude: (of) => {
    const denied = of.signals
      .of('dev-from-group')
      .filter(({ captures }) => /denied/i.test(captures['why'] ?? ''));
    const known = of.facts.of('kernel').filter(({ value }) => BROKEN.test(value));
    const vf = modeOf(of) === 'vf' || denied.some(({ device }) => device !== null && isVfPlace(device));
    // A VM that runs, or that other lines keep from starting, was given its function.
    const alone =
      known.length > 0 &&
      of.facts.has('symptom', 'vm-does-not-start') &&
      !of.signals.has('dma-map-22', 'dma-map-12', 'slot-busy', 'pve-no-device');
    if (works(of) || !vf || (denied.length === 0 && !alone)) return [];
    const updated = of.facts.of('symptom').filter(({ value }) => value === 'after-update');
    const sure = denied.length > 0 && known.length > 0;
    return [
      claim({
        id: 'host.kernel-regression',
        severity: 'cause',
        confidence: sure
          ? 'certain'
          : denied.length > 0 && updated.length > 0
            ? 'likely'
            : known.length > 0
              ? 'likely'
              : 'possible',
        title: 'The host’s kernel hands out no virtual functions: a regression',
        detail:
          'Kernels 6.8.12-12-pve and 6.14.8 refuse every SR-IOV function, network cards included, with “Permission denied” for its group. It is no trouble of the group or of your config.',
        evidence: [...denied, ...known, ...updated].map(({ quote }) => quote),
        fix: {
          why: 'Start the kernel of before.',
          vm: [],
          steps: [
            {
              where: 'host',
              text: 'proxmox-boot-tool kernel pin 6.8.12-11-pve   # or a kernel that is newer than the broken one',
            },
          ],
          source: 'strongtz/i915-sriov-dkms, issues 321 and 322',
        },
        explains: ['host.device-busy', 'host.permission', 'host.group-not-viable', 'sriov.driver-broken'],
      }),
    ];
  },
};
