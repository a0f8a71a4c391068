import { concludeOnDemand } from './conclude-on-demand.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { ReadInput } from './read/input-reader.ts';
import { understandOnDemand } from './understand-on-demand.ts';

/**
 * Diagnoses, and loads only the readers and rules that these inputs need.
 * @throws what loading a module throws
 */
export async function diagnoseOnDemand(inputs: readonly ReadInput[]): Promise<Diagnosis> {
  return concludeOnDemand(await understandOnDemand(inputs), inputs);
}
