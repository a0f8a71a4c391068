import { claim, type Rule } from '../rule.ts';
import { isOther, otherVendor as otherVendorOf, type Other } from '../subject/other-vendor.ts';

const NAMES: Readonly<Record<Other, string>> = {
  amd: 'AMD graphics',
  nvidia: 'an NVIDIA card',
  'intel-card': 'one of Intel’s cards',
};

/** The device in question is not an Intel iGPU: what is known of those says nothing of it. */
export const otherVendor: Rule = {
  id: 'other-vendor',
  findings: ['device.other-vendor'],
  conclude: (of) => {
    const other = otherVendorOf(of);
    if (other === null) return [];
    return [
      claim({
        id: 'device.other-vendor',
        severity: 'info',
        confidence: 'certain',
        title: `The device passed through is no Intel iGPU, but ${NAMES[other]}`,
        detail:
          'Code 43, the ROM lines and reset troubles have other causes there. What is known here is about Intel’s integrated graphics, so no cause is claimed.',
        evidence: of.facts
          .of('graphics')
          .filter(isOther)
          .map(({ quote }) => quote),
      }),
    ];
  },
};
