import { concludeWith } from './conclude-with.ts';
import type { Diagnosis } from './diagnosis.ts';
import { fixWriterFor } from './fix/fix-writer.ts';
import type { ReadInput } from './read/input-reader.ts';
import { rulesFor } from './rules.ts';
import type { Understood } from './understand-with.ts';

/**
 * Concludes, and loads only the rules that the case needs.
 * @throws what loading a module throws
 */
export async function concludeOnDemand(
  understood: Understood,
  inputs: readonly ReadInput[],
): Promise<Diagnosis> {
  const [rules, writeFix] = await Promise.all([rulesFor(understood.of), fixWriterFor(understood.of)]);
  return concludeWith({ rules, writeFix }, understood, inputs);
}
