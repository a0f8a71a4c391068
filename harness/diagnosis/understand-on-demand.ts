import { EMPTY, type ReadInput } from './read/input-reader.ts';
import { readersFor } from './readers.ts';
import { withToldConfig } from './told-config.ts';
import { understandWith, type Understood } from './understand-with.ts';

/**
 * Understands inputs, and loads only the readers that they need: a log alone needs neither those of plain language nor
 * those of VMs and ROMs, which are more than half of everything.
 * @throws what loading a module throws
 */
export async function understandOnDemand(inputs: readonly ReadInput[]): Promise<Understood> {
  const kinds = withToldConfig(inputs.flatMap(({ parts }) => parts)).map(({ kind }) => kind);
  // An empty file may prove to be a ROM that a VM names.
  const empty = inputs.some(({ seen }) => seen.problem === EMPTY);
  return understandWith(await readersFor(empty ? [...kinds, 'rom'] : kinds), inputs);
}
