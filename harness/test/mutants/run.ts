import { checkMutant, type Deception, type Original } from './check-mutant.ts';
import { committed, synthetic } from './originals.ts';
import { Random } from './random.ts';

/** What came of many mutants. */
export interface Tally {
  readonly mutants: number;
  readonly deceptions: readonly Deception[];
}

const MOST_SHOWN = 20;

export async function originals(): Promise<readonly Original[]> {
  return [...(await committed()), ...synthetic()];
}

/**
 * `count` mutants of each trace; the same seed makes the same mutants. Ends early at a score of deceptions.
 *
 * @param tell hears of each trace before its mutants are made, and of each deception at once
 */
export function runMutants(
  of: readonly Original[],
  count: number,
  seed: number,
  tell: (news: Original | Deception) => void = () => undefined,
): Tally {
  const random = new Random(seed);
  const deceptions: Deception[] = [];
  let mutants = 0;
  for (const original of of) {
    tell(original);
    for (let i = 0; i < count && deceptions.length < MOST_SHOWN; i += 1) {
      const deception = checkMutant(original, random.seed());
      mutants += 1;
      if (deception === null) continue;
      deceptions.push(deception);
      tell(deception);
    }
  }
  return { mutants, deceptions };
}

/** A deception as lines for a person, with what repeats it. */
export function deceptionText({ original, seed, seal, did, wrong }: Deception): string {
  return [
    `${original}, mutant ${seed}, ${seal}:`,
    ...did.map((step) => `    ${step}`),
    ...wrong.map((line) => `  → ${line}`),
  ].join('\n');
}
