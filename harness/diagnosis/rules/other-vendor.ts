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

/** The device that is passed counts first, then what the person speaks of, then what the machine lists. */
function otherDevice(of: Case): Other | null {
  const intelCpu = of.facts.of('cpu').some(({ value }) => familyOfProcessor(value) !== null);
  // With an Intel processor, a card that is told of as the host's other one is not the one in question.
  const beside = new Set(
    of.facts.of('otherGpu').flatMap(({ by, quote }) => (intelCpu && by === 'person' ? [quote.line] : [])),
  );
  const named = of.facts
    .of('graphics')
    .filter(({ by, quote }) => by === 'machine' || !beside.has(quote.line));
  const other = named.find(isOther)?.value ?? null;
  const passed = of.vms.flatMap(({ devices }) => devices);
  if (passed.some(({ host }) => host?.includes(':00:02') === true)) return null;
  const elsewhere = passed.some(({ host, xVga, romfile }) => host !== null && (xVga || romfile !== null));
  if (elsewhere && other !== null) return other;
  const bound = of.facts
    .of('moduleOptions')
    .map(({ value }) => /\bids=([0-9a-f:,]{9,200})/i.exec(value)?.[1] ?? '');
  const boundTo = [...VENDORS].find(([id]) =>
    bound.some((ids) => ids.startsWith(id) && !ids.includes('8086:')),
  );
  if (boundTo !== undefined) return boundTo[1];
  const spoken = named.filter(({ by }) => by === 'person');
  // Of virtual functions Intel has most.
  const igpu = of.facts.get('mode') === 'vf' || /:00:02\./.test(of.facts.get('address') ?? '');
  if (!igpu && spoken.some(isOther) && spoken.every(isOther)) return spoken.find(isOther)?.value ?? null;
  const device = of.facts.get('device');
  if (device !== null)
    return VENDORS.get(device.slice(0, 4)) ?? (INTEL_CARD.test(device) ? 'intel-card' : null);
  const said = (value: FactValues['graphics']) => named.some((fact) => fact.value === value);
  // Said of an iGPU that is not on an Intel processor, too; who has both asks about the one that is passed.
  const intel = said('intel') || (said('igpu') && (other === 'nvidia' || intelCpu));
  return other !== null && (!intel || /ryzen|\bamd\b/i.test(of.facts.get('cpu') ?? '')) ? other : null;
}

function isOther(fact: Extract<Fact, { key: 'graphics' }>): fact is typeof fact & { readonly value: Other } {
  return fact.value !== 'intel' && fact.value !== 'igpu';
}
