import { familyOfProcessor } from '../../igpu/processors.ts';
import type { Case } from '../case.ts';
import type { Fact, FactValues } from '../fact.ts';
import { isIgpuPlace } from './address.ts';
import { perCase } from './per-case.ts';

/** Graphics that are no Intel iGPU. */
export type Other = Exclude<FactValues['graphics'], 'intel' | 'igpu'>;
type Named = Extract<Fact, { key: 'graphics' }>;

/** PCI vendor ids of graphics that are not Intel's (pci.ids). */
const VENDORS: ReadonlyMap<string, Other> = new Map([
  ['10de', 'nvidia'],
  ['1002', 'amd'],
]);
/** DG1, Alchemist, Ponte Vecchio, Battlemage: cards (Linux include/drm/intel/pciids.h). */
const INTEL_CARD = /^8086:(?:490[5-9]|56[0-9a-f]{2}|e2[0-9a-f]{2}|0bd[0-9a-f])$/;

/**
 * What the graphics device in question is where it is no Intel iGPU; null where it is one, or may be. The device that
 * is passed counts first, then what the person speaks of, then what the machine lists.
 */
export const otherVendor = perCase((of): Other | null => {
  const intelCpu = of.facts.of('cpu').some(({ value }) => familyOfProcessor(value) !== null);
  const named = namedGraphics(of, intelCpu);
  const other = named.find(isOther)?.value ?? null;
  const passed = of.vms.flatMap(({ devices }) => devices);
  if (passed.some(({ host }) => host !== null && isIgpuPlace(host))) return null;
  const elsewhere = passed.some(({ host, xVga, romfile }) => host !== null && (xVga || romfile !== null));
  if (elsewhere && other !== null) return other;
  const bound = boundToVfio(of);
  if (bound !== null) return bound;
  if (other !== null && touchesOnlyCards(of)) return other;
  if (spokenOfNoCard(of, named)) return null;
  const told = cardInTrouble(of);
  if (told !== null) return told;
  const spoken = named.filter(({ by }) => by === 'person');
  // Of virtual functions Intel has most.
  const igpu = of.facts.get('mode') === 'vf' || isIgpuPlace(of.facts.get('address') ?? '');
  if (!igpu && spoken.some(isOther) && spoken.every(isOther)) return spoken.find(isOther)?.value ?? null;
  const device = of.facts.get('device');
  if (device !== null)
    return VENDORS.get(device.slice(0, 4)) ?? (INTEL_CARD.test(device) ? 'intel-card' : null);
  const said = (value: FactValues['graphics']) => named.some((fact) => fact.value === value);
  // Said of an iGPU that is not on an Intel processor, too; who has both asks about the one that is passed.
  const intel = said('intel') || (said('igpu') && (other === 'nvidia' || intelCpu));
  const onAmd = !intelCpu && /ryzen|\bamd\b/i.test(of.facts.get('cpu') ?? '');
  return other !== null && (!intel || onAmd) ? other : null;
});

/** With an Intel processor, a card that is told of as the host's other one is not the one in question. */
function namedGraphics({ facts }: Case, intelCpu: boolean): readonly Named[] {
  const beside = new Set(
    facts.of('otherGpu').flatMap(({ by, quote }) => (intelCpu && by === 'person' ? [quote.line] : [])),
  );
  return facts.of('graphics').filter(({ by, quote }) => by === 'machine' || !beside.has(quote.line));
}

const CARD = /\b(nvidia|geforce|quadro|[rg]tx ?\d{3,4}|radeon|rx ?\d{3,4})\b/i;
const OF_IGPU = /\b(?:igpu|igd|intel|uhd|iris|integrated|onboard|quick ?sync)\b|\b00:02\b/i;
/** Said of what is passed through, or of what fails. */
const IN_QUESTION =
  /\b(?:only|just|nur|sólo|solo) (?:the |my |die )?(?:nvidia|geforce|radeon|amd|[rg]tx)\b.{0,30}\bpass|\b(?:code|error|fehler) ?43\b/i;

const AT_HOST =
  /\b(?:igpu|igd|uhd(?: \d{3})?|intel)\b[^,;.]{0,16}(?:=|\b(?:stays|remains|for|with|by|drives|is used)\b)[^,;.]{0,12}\bhost\b[^,;.]*|\bintel (?:host|cpu|core|xeon)\b/gi;

/** "Only the NVIDIA is passed", "Code 43 on the GTX 1650": no line says such a thing of the iGPU. */
function cardInTrouble({ facts }: Case): Other | null {
  const lines = facts
    .of('otherGpu')
    .flatMap(({ by, quote }) => (by === 'person' && IN_QUESTION.test(quote.text) ? [quote.text] : []))
    .filter((text) => CARD.test(text) && !OF_IGPU.test(text.replace(AT_HOST, '')));
  const [first] = lines;
  // Who gives a part of the iGPU, or a ROM to it, does not ask about the card.
  if (first === undefined || facts.get('mode') !== null || facts.get('romGiven') !== null) return null;
  return /radeon|rx ?\d{3}/i.test(CARD.exec(first)?.[1] ?? '') ? 'amd' : 'nvidia';
}

/** vfio-pci speaks of cards only, which are never on bus 0, and nothing says how an iGPU is given. */
function touchesOnlyCards({ facts, signals }: Case): boolean {
  const touched = signals.ids
    .flatMap((id) => signals.of(id))
    .flatMap(
      ({ message }) => /\bvfio-pci (?:0000:)?([0-9a-f]{2}:[0-9a-f]{2})\.[0-7]: /.exec(message)?.[1] ?? [],
    );
  const igpu = facts.get('mode') !== null || facts.get('device')?.startsWith('8086:') === true;
  return !igpu && touched.some((slot) => !slot.startsWith('00:')) && !touched.includes('00:02');
}

/** A listing shows a card, and what QEMU refuses is none of the graphics: a controller, a network card. */
function spokenOfNoCard({ signals }: Case, named: readonly Named[]): boolean {
  const refused = signals.ids
    .flatMap((id) => signals.of(id))
    .flatMap(({ message }) => /\bvfio (?:0000:)?([0-9a-f]{2}:[0-9a-f]{2})\.[0-7]: /.exec(message)?.[1] ?? []);
  const cards = named.filter(({ by }) => by === 'machine').map(({ quote }) => quote.text);
  return (
    refused.length > 0 &&
    named.every(({ by }) => by === 'machine') &&
    !refused.some((slot) => cards.some((text) => text.includes(slot)))
  );
}

/** The vendor whose devices alone the options of vfio-pci name. */
function boundToVfio({ facts }: Case): Other | null {
  const bound = facts
    .of('moduleOptions')
    .map(({ value }) => /\bids=([0-9a-f:,]{9,200})/i.exec(value)?.[1] ?? '');
  const found = [...VENDORS].find(([id]) =>
    bound.some((ids) => ids.startsWith(id) && !ids.includes('8086:')),
  );
  return found?.[1] ?? null;
}

export function isOther(fact: Named): fact is Named & { readonly value: Other } {
  return fact.value !== 'intel' && fact.value !== 'igpu';
}

/** Whether the graphics device is known to be no Intel iGPU. */
export function isOtherVendor(of: Case): boolean {
  return otherVendor(of) !== null;
}
