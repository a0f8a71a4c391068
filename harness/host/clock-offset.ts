import type { Observation } from '../trace/event.ts';

/** A machine whose clock a trace notes. */
type ClockNote = Extract<Observation, { ch: 'note'; kind: 'clock' }>;

const ROUNDS = 3;
/** Seconds: our own clock tells milliseconds. */
const OURS = 0.001;

/**
 * How another clock stands to ours, by the quickest of three questions: what it said was so at some moment between our
 * asking and its answer, so half of that time is how sure it is. Null: it does not tell.
 *
 * @param ask its time in seconds since 1970, UTC; null where it does not tell
 * @throws what `ask` throws
 */
export async function clockOffset(
  of: ClockNote['of'],
  ask: () => Promise<number | null>,
): Promise<ClockNote | null> {
  let best: { readonly offset: number; readonly within: number } | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const [asked, began] = [Date.now(), performance.now()];
    const told = await ask();
    const half = (performance.now() - began) / 2000;
    if (told === null) return null;
    if (best === null || half < best.within) best = { offset: told - (asked / 1000 + half), within: half };
  }
  if (best === null) return null;
  const offset = Math.round(best.offset * 1000) / 1000;
  const within = Math.ceil((best.within + OURS) * 1000) / 1000;
  return { ch: 'note', kind: 'clock', of, offset, within };
}
