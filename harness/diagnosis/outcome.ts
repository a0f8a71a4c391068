import type { Case } from './case.ts';
import { LACKS, type Symptom } from './fact.ts';
import { perCase } from './subject/per-case.ts';

/** How the set-up does at present, by everything that is said and seen. */
export type Outcome = 'works' | 'partly' | 'fails' | 'contradictory' | 'unknown';

/** Complaints that leave the graphics themselves working. */
const PARTIAL: readonly Symptom[] = [
  'no-audio',
  'no-firmware-picture',
  'intermittent',
  'only-first-boot',
  'corrupt-picture',
  'vfs-missing',
  'after-update',
  'dma-faults',
  'less-memory',
  'device-lost',
  'display-wanted',
];

/** What Windows shows until it is mended: beside "works" it is of the past. */
const MENDED: readonly Symptom[] = [
  'code-43',
  'problem-code',
  'basic-display',
  'driver-not-installing',
  'no-device',
  'vm-does-not-start',
];

function useOfGuest({ facts }: Case): 'uses' | 'lacks' | null {
  const seen = new Set(facts.of('guestSight').map(({ value }) => value));
  if (LACKS.some((sight) => seen.has(sight))) return 'lacks';
  return seen.has('accelerates') || (seen.has('bound') && seen.has('render-node')) ? 'uses' : null;
}

/** Said of the VM that holds the device, and keeps it from the one in question. */
function ofHolder({ signals }: Case, text: string): boolean {
  return signals
    .of('pve-in-use')
    .some(({ captures, quote }) => quote.text !== text && new RegExp(`\\b${captures['vmid']}\\b`).test(text));
}

/** Windows says so of the device with its fall-back driver, too. */
const WORKING_PROPERLY = /\bdevice is working properly\b|\bcode 0\b|\bstatus:? ok\b/i;

/**
 * Beside a general "works" any complaint of the present leaves it working in part. What a machine read contradicts it.
 */
export const outcome = perCase((of): Outcome => {
  const { facts, signals } = of;
  const symptoms = facts.of('symptom').map(({ value }) => value);
  const basic = symptoms.includes('basic-display');
  const stated = new Set(
    facts
      .of('outcome')
      .filter(({ quote }) => !ofHolder(of, quote.text) && !(basic && WORKING_PROPERLY.test(quote.text)))
      .map(({ value }) => value),
  );
  // Who tells of a trial has the trouble, though something works in it.
  const trouble = facts.of('compared').length > 0;
  const works = stated.has('works') && !trouble;
  const codes = facts.of('problemCode');
  const measured = codes.find(({ by }) => by === 'machine')?.value ?? 0;
  const use = useOfGuest(of);
  // Who cannot build the guest's driver may still say that the host's side works.
  if (works && stated.has('fails') && use === 'lacks') return 'fails';
  if (works) {
    if (stated.has('fails') || measured !== 0) return 'contradictory';
    return symptoms.some((symptom) => !MENDED.includes(symptom)) ? 'partly' : 'works';
  }
  const grave = symptoms.some((symptom) => !PARTIAL.includes(symptom));
  const coded = (facts.get('problemCode') ?? 0) !== 0 || signals.has('code43');
  if (trouble || stated.has('fails') || grave || coded || use === 'lacks') return 'fails';
  if (symptoms.length > 0) return 'partly';
  return use === 'uses' ? 'works' : 'unknown';
});
