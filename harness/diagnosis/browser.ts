import { concludeOnDemand } from './conclude-on-demand.ts';
import type { Diagnosis } from './diagnosis.ts';
import { spelled } from './spelled.ts';
import type { Given } from './understand-given.ts';

/**
 * Diagnoses on a page what `code43 diagnose` does in a terminal: the same inputs give the same answer. Nothing is sent
 * anywhere. A page gets all rules, signatures and tables at first; what reads is fetched from beside this module with
 * the first input, and readers of archives, plain language, VMs and ROMs with the first of their kind.
 *
 * @throws what the browser throws where a file cannot be read, or a part cannot be fetched
 */
export async function diagnose(given: readonly Given[]): Promise<Diagnosis> {
  const { understandGiven } = await import('./understand-given.ts');
  const { understood, inputs } = await understandGiven(given);
  return spelled(await concludeOnDemand(understood, inputs));
}
