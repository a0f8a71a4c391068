import { settled, type Settled } from './settle.ts';
import type { Boot } from './boot.ts';
import type { View } from './rule.ts';

/** Boots whose device settled, with what it settled on. */
export function settledBoots(view: View): readonly { readonly boot: Boot; readonly on: Settled }[] {
  return view.timeline.boots.flatMap((boot) => {
    const on = settled(boot, view.context.cell.settle);
    return on === null ? [] : [{ boot, on }];
  });
}

/**
 * Whether the device works in the guest, as far as anything says so: by the settled boots, else by a reporter's
 * statement. `both` is a contradiction.
 */
export function deviceOutcome(view: View): 'works' | 'fails' | 'both' | 'unknown' {
  const boots = settledBoots(view).map(({ on }) => (on.reading.state === 'healthy' ? 'works' : 'fails'));
  const claims = view.timeline.claims.flatMap((claim) => (claim.says === null ? [] : [claim.says]));
  const said = boots.length > 0 ? boots : claims;
  if (said.length === 0) return 'unknown';
  if (said.every((word) => word === 'works')) return 'works';
  return said.every((word) => word === 'fails') ? 'fails' : 'both';
}

/** Boots that settled on a problem code: the driver is there and gave up, or never started. */
export function problemBoots(view: View): readonly { readonly boot: Boot; readonly on: Settled }[] {
  return settledBoots(view).filter(({ on }) => on.reading.state === 'problem');
}
