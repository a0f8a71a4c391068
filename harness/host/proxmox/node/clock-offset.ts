import type { Observation } from '../../../trace/event.ts';
import type { Machine } from '../../../wire/machine/machine.ts';

const ASK = { seconds: 20 };
const ROUNDS = 3;

/**
 * How the node's clock stands to ours, by the quickest of three questions: what it said was so at some moment between
 * our asking and its answer. Null: its `date` has no nanoseconds.
 *
 * @throws what `Machine.run` throws
 */
export async function clockOffset(
  node: Machine,
): Promise<Extract<Observation, { ch: 'note'; kind: 'clock' }> | null> {
  let best: { readonly offset: number; readonly within: number } | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const [asked, began] = [Date.now(), performance.now()];
    const { stdout } = await node.run(['date', '+%s.%N'], ASK);
    const half = (performance.now() - began) / 2000;
    if (!/^\d{9,11}\.\d{9}\n$/.test(stdout)) return null;
    const offset = Number(stdout) - (asked / 1000 + half);
    if (best === null || half < best.within) best = { offset, within: half };
  }
  return (
    best && {
      ch: 'note',
      kind: 'clock',
      of: 'host',
      offset: rounded(best.offset),
      within: rounded(best.within),
    }
  );
}

/** To a millisecond. */
function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
