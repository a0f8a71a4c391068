import type { Case } from '../case.ts';
import type { Severity } from '../finding.ts';
import type { Signal } from '../signature.ts';
import { fails, works } from '../subject/trouble.ts';

/** How a line begins in which a guest's graphics driver speaks of its device. */
export const GUEST_DRIVER_LINE = String.raw`\b(?:i915|xe) (?<device>[0-9a-f:]{7,12}\.[0-7]): `;

/** The usual severity of a line of the guest that tells of a driver which did not get to work. */
export function guestBreakage(_: readonly Signal[], of: Case): Severity {
  return works(of) ? 'info' : fails(of) ? 'cause' : 'contributing';
}
