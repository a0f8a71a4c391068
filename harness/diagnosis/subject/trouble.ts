import type { Case } from '../case.ts';
import type { Symptom } from '../fact.ts';
import { outcome } from '../outcome.ts';

/** Whether the present state is said or shown to be good, and nothing speaks against it. */
export function works(of: Case): boolean {
  return outcome(of) === 'works';
}

/** Whether something is said to go wrong: all of it, a part of it, or so say some. */
export function fails(of: Case): boolean {
  return ['fails', 'partly', 'contradictory'].includes(outcome(of));
}

export function hasSymptom({ facts }: Case, ...symptoms: readonly Symptom[]): boolean {
  return symptoms.some((symptom) => facts.has('symptom', symptom));
}

/** What only a guest that runs can show. */
const SEEN_IN_GUEST: readonly Symptom[] = [
  'code-43',
  'problem-code',
  'basic-display',
  'driver-not-installing',
  'no-device',
  'no-render-node',
  'no-acceleration',
  'corrupt-picture',
  'no-audio',
  'bsod',
  'reset-loop',
  'only-first-boot',
];

/** What is wrong is seen inside a guest or on its monitor: so the VM did start. */
export function started(of: Case): boolean {
  const code = of.facts.get('problemCode');
  return (code !== null && code !== 0) || hasSymptom(of, ...SEEN_IN_GUEST);
}

/** Whether the guest says, or said, Code 43. */
export function hasCode43(of: Case): boolean {
  return hasSymptom(of, 'code-43') || of.facts.has('problemCode', 43);
}

/** Something is said to be wrong with the picture or the driver. */
export function displayFails(of: Case): boolean {
  if (works(of)) return false;
  return hasCode43(of) || hasSymptom(of, 'no-picture', 'no-firmware-picture', 'corrupt-picture');
}
