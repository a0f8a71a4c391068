import { needsGuests, skips, skipsOptional, type Tier } from '../../test/tier.ts';
import { whyNoContainer } from './why-no-container.ts';

const reason = await whyNoContainer();
/** Whether a stand-in node can be made in a container here. */
export const containerHere = reason === null;
/** Whether a runtime was started for the tests: then there is no excuse. */
const ours = process.env['CODE43_DOCKERD'] === '1' && process.env['CODE43_DOCKERD_FAILED'] === undefined;

/** The `test` of the tier that needs a stand-in node in a container and these guests. */
export async function inContainer(...images: readonly string[]): Promise<Tier> {
  if (reason === null) return needsGuests(...images);
  return ours ? skips(`needs ${reason}`) : skipsOptional(`needs ${reason}`);
}
