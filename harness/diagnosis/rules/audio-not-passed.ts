import { claim, type Rule } from '../rule.ts';
import { wholeIgpu } from '../subject/igpu-devices.ts';
import { isOtherVendor } from '../subject/other-vendor.ts';
import { hasSymptom } from '../subject/trouble.ts';
import * as context from './config-context.ts';

/** The sound of HDMI comes from another function of the host: 00:1f.3. */
export const AUDIO_NOT_PASSED: Rule = {
  id: 'audio-not-passed',
  findings: ['audio.not-passed'],
  conclude: (of) => {
    const silent = hasSymptom(of, 'no-audio');
    const passed = of.vms.some(({ devices }) =>
      devices.some(
        ({ host, mapping }) => mapping !== null || /^0000:00:(?:1f(?:\.3)?|0e\.0|03\.0)$/.test(host ?? ''),
      ),
    );
    const [vm] = of.vms.filter((each) => wholeIgpu(each) !== null);
    const vf = of.facts.has('mode', 'vf') || of.facts.has('mode', 'mdev');
    if (passed || vf || isOtherVendor(of) || (vm === undefined && !silent)) return [];
    const device = vm === undefined ? null : wholeIgpu(vm);
    return [
      claim({
        id: 'audio.not-passed',
        severity: silent ? 'contributing' : 'info',
        confidence: silent ? 'likely' : 'possible',
        title: 'The sound function is not passed, so there is no sound over HDMI',
        detail:
          'HDMI’s sound comes from 00:1f.3 (00:03.0 or 00:0e.0 on some), not from 00:02.0. Its group’s other members go with it. The picture needs none of them.',
        answers: silent ? ['no-audio'] : [],
        evidence: device === null ? of.facts.quotes('symptom') : [device.quote],
        fix: context.fixOf(
          'The guest gets the sound device too.',
          'reports of users; lspci of Intel platforms',
          [],
          [
            {
              where: 'vm',
              text: 'Pass 0000:00:1f.3 as a further device, if all of its IOMMU group may go to the VM.',
            },
          ],
        ),
      }),
    ];
  },
};
