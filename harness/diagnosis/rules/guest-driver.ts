import type { Case } from '../case.ts';
import type { Claim } from '../finding.ts';
import { outcome } from '../outcome.ts';
import { claim, type Rule } from '../rule.ts';
import { linuxWithoutDriver } from './guest-linux-driver.ts';

/** Passthrough is healthy and the guest has no driver for the device, or not the right one. */
export const guestDriver: Rule = {
  id: 'guest-driver',
  findings: ['guest.driver-missing', 'guest.basic-display-driver'],
  conclude: (of) => [...linuxWithoutDriver(of), ...windowsWithout(of), ...basicDisplay(of)],
};

/** CM_PROB_FAILED_INSTALL: Windows found no driver for the device (cfg.h). */
const NO_DRIVER = 28;

function windowsWithout(of: Case): readonly Claim[] {
  if (of.facts.get('problemCode') !== NO_DRIVER || outcome(of) === 'works') return [];
  return [
    claim({
      id: 'guest.driver-missing',
      severity: 'cause',
      confidence: 'certain',
      title: 'Windows has no driver for the device (code 28)',
      detail: 'The device is there and healthy as far as Windows can tell; nobody has installed its driver.',
      evidence: of.facts.quotes('problemCode'),
      fix: {
        why: 'Install Intel’s graphics driver in the guest.',
        vm: [],
        steps: [
          { where: 'guest', text: 'install Intel’s driver for this generation, then restart the guest' },
        ],
        source: 'Windows SDK cfg.h, CM_PROB_FAILED_INSTALL',
      },
      explains: ['guest.problem-code'],
    }),
  ];
}

function basicDisplay(of: Case): readonly Claim[] {
  if (!of.facts.has('symptom', 'basic-display') || of.facts.has('symptom', 'code-43')) return [];
  return [
    claim({
      id: 'guest.basic-display-driver',
      // An installer that refuses says why it is so.
      severity:
        outcome(of) === 'works' ? 'warning' : of.signals.has('installer-refuses') ? 'contributing' : 'cause',
      title: 'Windows runs the device with its Basic Display driver, not with Intel’s',
      detail:
        'Microsoft’s fall-back driver reports code 0 and shows a picture, and nothing of the iGPU is used. Intel’s driver is not installed or did not bind.',
      evidence: of.facts.quotes('symptom', 'guestDriver', 'problemCode'),
      fix: {
        why: 'Install Intel’s graphics driver in the guest.',
        vm: [],
        steps: [
          {
            where: 'guest',
            text: 'install Intel’s driver for this generation, then look at the device’s driver again',
          },
        ],
        source: 'Microsoft, “Microsoft Basic Display Driver”',
      },
    }),
  ];
}
