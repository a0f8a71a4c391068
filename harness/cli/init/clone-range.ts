import { freeNumbers, type Numbers, takenIn } from '../../init/clone-numbers.ts';
import type { Asker } from './asker.ts';
import { printable } from '../../text/printable.ts';
import { UsageError } from '../usage-error.ts';

const HIGHEST = 999_999_999;

/**
 * Numbers that clones may take: those that are said, those that the owner's file has, else free ones.
 *
 * @throws UsageError what is said is no range, or some of it is taken
 */
export async function cloneRange(
  said: string | undefined,
  { inForce, taken }: { readonly inForce: Numbers | null; readonly taken: readonly number[] },
  asker: Asker | null,
): Promise<Numbers> {
  const read = (text: string): Numbers => readRange(text, inForce, taken);
  if (said !== undefined) return read(said);
  if (inForce !== null) return inForce;
  const free = freeNumbers(taken);
  if (asker === null) return free;
  return asker.ask('VM numbers for clones, none of them taken', `${free.from}-${free.to}`, read);
}

function readRange(text: string, inForce: Numbers | null, taken: readonly number[]): Numbers {
  const shown = `--vmids ${printable(JSON.stringify(text), 80)}`;
  const [, low, high] = /^(\d{3,9})-(\d{3,9})$/.exec(text) ?? [];
  const range = { from: Number(low), to: Number(high) };
  const { from, to } = range;
  if (low === undefined || from < 100 || to > HIGHEST || from > to)
    throw new UsageError(`${shown}: expected two numbers from 100 on, such as 9100-9199`);
  // What is taken in a range that was in force before may be clones of ours.
  const others = takenIn(range, taken).filter(
    (number) => inForce === null || takenIn(inForce, [number]).length === 0,
  );
  if (others.length > 0)
    throw new UsageError(
      `${shown}: ${others.slice(0, 8).join(', ')} ${others.length === 1 ? 'is' : 'are'} taken`,
    );
  return range;
}
