import { account } from './account.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { FixWriter } from './fix/fix-writer.ts';
import type { ReadInput } from './read/input-reader.ts';
import { reason } from './reason.ts';
import type { Rule } from './rule.ts';
import { told } from './told.ts';
import type { Understood } from './understand-with.ts';

/** What reasons, and what tells it. */
export interface Means {
  /** Every rule that can say something of the case, in the order of `rules.ts`. */
  readonly rules: readonly Rule[];
  readonly writeFix: FixWriter;
}

/** From what was understood to the answer. Pure: the same inputs give the same answer, in whatever order. */
export function concludeWith(
  { rules, writeFix }: Means,
  { of, texts, notUnderstood }: Understood,
  inputs: readonly ReadInput[],
): Diagnosis {
  const claims = reason(of, rules);
  return {
    ...account(of, claims),
    findings: claims.map((claim) => told(claim, of, texts, writeFix)),
    inputs: inputs.map(({ seen }) => seen).toSorted((a, b) => (a.input < b.input ? -1 : 1)),
    notUnderstood,
  };
}
