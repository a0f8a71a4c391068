import { familyOfProcessor } from '../../igpu/processors.ts';
import type { Case } from '../case.ts';
import type { Fact, FactValues } from '../fact.ts';
import { claim, type Rule } from '../rule.ts';

type Other = Exclude<FactValues['graphics'], 'intel' | 'igpu'>;

const NAMES: Readonly<Record<Other, string>> = {
  amd: 'AMD graphics',
  nvidia: 'an NVIDIA card',
  'intel-card': 'one of Intel’s cards',
};

/** PCI vendor ids of graphics that are not Intel's (pci.ids). */
const VENDORS: ReadonlyMap<string, Other> = new Map([
  ['10de', 'nvidia'],
  ['1002', 'amd'],
]);
/** DG1, Alchemist, Ponte Vecchio, Battlemage: cards (Linux include/drm/intel/pciids.h). */
const INTEL_CARD = /^8086:(?:490[5-9]|56[0-9a-f]{2}|e2[0-9a-f]{2}|0bd[0-9a-f])$/;

/** The device in question is not an Intel iGPU: what is known of those says nothing of it. */
export const otherVendor: Rule = {
  id: 'other-vendor',
  findings: ['device.other-vendor'],
  conclude: (of) => {
    const other = otherDevice(of);
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

function otherDevice(of: Case): Other | null {
  const device = of.facts.get('device');
  if (device !== null)
    return VENDORS.get(device.slice(0, 4)) ?? (INTEL_CARD.test(device) ? 'intel-card' : null);
  const named = of.facts.of('graphics');
  const other = named.find(isOther)?.value ?? null;
  const passed = of.vms.flatMap(({ devices }) => devices);
  if (passed.some(({ host }) => host?.includes(':00:02') === true)) return null;
  // Said of an iGPU that is not on an Intel processor, too; who has both asks about the one that is passed.
  const intelCpu = of.facts.of('cpu').some(({ value }) => familyOfProcessor(value) !== null);
  const said = (value: FactValues['graphics']) => named.some((fact) => fact.value === value);
  const intel = said('intel') || (said('igpu') && (other === 'nvidia' || intelCpu));
  const elsewhere = passed.some(({ host, xVga, romfile }) => host !== null && (xVga || romfile !== null));
  return other !== null && (!intel || elsewhere || /ryzen|\bamd\b/i.test(of.facts.get('cpu') ?? ''))
    ? other
    : null;
}

function isOther(fact: Extract<Fact, { key: 'graphics' }>): fact is typeof fact & { readonly value: Other } {
  return fact.value !== 'intel' && fact.value !== 'igpu';
}
