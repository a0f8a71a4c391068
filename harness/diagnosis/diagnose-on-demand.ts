import { concludeWith, understandWith } from './diagnose-with.ts';
import type { Diagnosis } from './diagnosis.ts';
import { fixWriterFor } from './fix/fix-writer.ts';
import { EMPTY, type ReadInput } from './read/input-reader.ts';
import { readersFor } from './readers.ts';
import { rulesFor } from './rules.ts';
import { withToldConfig } from './told-config.ts';

/**
 * Diagnoses, and loads only the readers and rules that these inputs need: a log alone needs neither those of plain
 * language nor those of VMs and ROMs, which are more than half of everything.
 * @throws what loading a module throws
 */
export async function diagnoseOnDemand(inputs: readonly ReadInput[]): Promise<Diagnosis> {
  const kinds = withToldConfig(inputs.flatMap(({ parts }) => parts)).map(({ kind }) => kind);
  // An empty file may prove to be a ROM that a VM names.
  const empty = inputs.some(({ seen }) => seen.problem === EMPTY);
  const readers = await readersFor(empty ? [...kinds, 'rom'] : kinds);
  const understood = understandWith(readers, inputs);
  const [rules, writeFix] = await Promise.all([rulesFor(understood.of), fixWriterFor(understood.of)]);
  return concludeWith({ rules, writeFix }, understood, inputs);
}
