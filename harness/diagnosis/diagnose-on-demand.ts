import { diagnoseWith } from './diagnose-with.ts';
import type { Diagnosis } from './diagnosis.ts';
import { EMPTY, type ReadInput } from './read/input-reader.ts';
import { readersFor } from './readers.ts';

/**
 * Diagnoses, and loads only the readers that these inputs need: a log alone needs neither those of plain language nor
 * those of VMs, which are a third of everything.
 * @throws what loading a module throws
 */
export async function diagnoseOnDemand(inputs: readonly ReadInput[]): Promise<Diagnosis> {
  const kinds = inputs.flatMap(({ parts }) => parts.map(({ kind }) => kind));
  // An empty file may prove to be a ROM that a VM names.
  const empty = inputs.some(({ seen }) => seen.problem === EMPTY);
  const readers = await readersFor(empty ? [...kinds, 'rom'] : kinds);
  return diagnoseWith(readers, inputs);
}
