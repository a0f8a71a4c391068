import type { Settle } from '../../trace/header.ts';
import type { Boot, Reading } from '../boot.ts';
import { askedAt, dueAt, WHOLE_SECONDS } from '../settle.ts';
import { disordered, type Flaw } from './flaw.ts';

/** A trace tells the time in milliseconds. */
const ROUNDING = 0.005;

/**
 * Answers of one boot that cannot have come in this order at these times: a sample is never asked for before it is due,
 * nor before the one before it was answered, and the guest's uptime falls back only if the guest restarted, after the
 * answer before.
 */
export function outOfTime({ readings }: Boot, rule: Settle): readonly Flaw[] {
  const first = readings[0];
  if (first === undefined) return [];
  const early = readings.find((one, index) => askedAt(one) < dueAt(askedAt(first), index, rule) - ROUNDING);
  const crossed = readings.find((one, index) => askedAt(one) < (readings[index - 1]?.t ?? 0) - ROUNDING);
  // Fall-backs tell no uptime: theirs is only known to be at least as long as the agent's.
  const told = readings.filter(({ weak }) => !weak);
  const back = told.find((reading, index) => fellBack(told[index - 1], reading));
  return [
    ...(early === undefined ? [] : [disordered(early, 'a sample came before it was due')]),
    ...(crossed === undefined
      ? []
      : [disordered(crossed, 'a sample was asked for before the one before it was answered')]),
    ...(back === undefined
      ? []
      : [disordered(back, 'the uptime of the guest falls back, and it did not restart')]),
  ];
}

/** Every question has its own nonce, so an answer that is there twice was put there. */
export function answeredTwice(boots: readonly Boot[]): readonly Flaw[] {
  const seen = new Set<string>();
  const twice = boots
    .flatMap((boot) => boot.readings)
    .find(({ nonce }) => {
      const isKnown = seen.has(nonce);
      seen.add(nonce);
      return isKnown;
    });
  return twice === undefined ? [] : [disordered(twice, 'the same answer is there twice')];
}

/** A guest that restarted since the answer before is up for no longer than since then. */
function fellBack(before: Reading | undefined, { t, uptime }: Reading): boolean {
  if (before === undefined || uptime === null || uptime >= (before.uptime ?? 0)) return false;
  return uptime > t - before.t + WHOLE_SECONDS;
}
