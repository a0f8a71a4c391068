import { diagnoseWith, understandWith, type Understood } from './diagnose-with.ts';
import type { Diagnosis } from './diagnosis.ts';
import { PART_KINDS, type PartKind } from './part.ts';
import type { ReadInput } from './read/input-reader.ts';
import { readersFor } from './readers.ts';

const READERS = await readersFor(Object.keys(PART_KINDS) as PartKind[]);

/** `understandWith` every reader there is. */
export function understand(inputs: readonly ReadInput[]): Understood {
  return understandWith(READERS, inputs);
}

/** `diagnoseWith` every reader there is. */
export function diagnose(inputs: readonly ReadInput[]): Diagnosis {
  return diagnoseWith(READERS, inputs);
}
