import { concludeWith } from './conclude-with.ts';
import type { Diagnosis } from './diagnosis.ts';
import { applyFix } from './fix/apply-fix.ts';
import { PART_KINDS, type PartKind } from './part.ts';
import type { ReadInput } from './read/input-reader.ts';
import { readersFor } from './readers.ts';
import { everyRule } from './rules.ts';
import { understandWith, type Understood } from './understand-with.ts';

const READERS = await readersFor(Object.keys(PART_KINDS) as PartKind[]);
/** Every rule there is. */
export const RULES = await everyRule();

/** `understandWith` every reader there is. */
export function understand(inputs: readonly ReadInput[]): Understood {
  return understandWith(READERS, inputs);
}

/** Diagnoses with every reader and every rule there is. */
export function diagnose(inputs: readonly ReadInput[]): Diagnosis {
  return concludeWith({ rules: RULES, writeFix: applyFix }, understand(inputs), inputs);
}
