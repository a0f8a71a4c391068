import { needsGuests, skips, type Tier } from '../test/tier.ts';
import { whyNoLab } from './why-not.ts';

/** Whether a stand-in node can be made here. */
export const labHere = whyNoLab() === null;

/** The `test` of the tier that needs a stand-in node and these guests. */
export async function inLab(...images: readonly string[]): Promise<Tier> {
  const reason = whyNoLab();
  return reason === null ? needsGuests(...images) : skips(`needs ${reason}`);
}
