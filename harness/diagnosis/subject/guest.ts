import type { Case } from '../case.ts';
import type { FactValues } from '../fact.ts';
import { perCase } from './per-case.ts';

type System = FactValues['guestOs'];

/**
 * The guest's system; null where nothing says it. A VM that is set up for Windows is for Windows, and words tell of
 * other guests, too. Any other type says less than they do: macOS has none, and Linux's is what a VM has at first.
 */
export const guestOs = perCase(({ facts }): System | null => {
  const stated = facts.of('guestOs');
  const counted =
    stated.find(({ by, value }) => by === 'machine' && value === 'windows') ??
    stated.find(({ by }) => by === 'person') ??
    stated[0];
  return counted?.value ?? null;
});

/** Whether the guest is such a system. */
export function guestIs(of: Case, ...systems: readonly System[]): boolean {
  const system = guestOs(of);
  return system !== null && systems.includes(system);
}

/** Windows, or nothing said: most who ask have Windows. */
export function mayBeWindows(of: Case): boolean {
  return (guestOs(of) ?? 'windows') === 'windows';
}
