import type { Verdict } from '../trace/words.ts';
import type { Conclusion, View } from './rule.ts';
import { settledBoots } from './outcome.ts';

/** Of several verdicts the one that stands: any fail, else any error, else any inconclusive, else skip. */
const PRECEDENCE: readonly Verdict[] = ['fail', 'error', 'inconclusive', 'skip'];

/**
 * The verdict of one boot: what the rules conclude of it; `pass` only if its device settled healthy and no rule
 * objects; else nothing is known of it.
 */
export function bootVerdict(boot: number, view: View, conclusions: readonly Conclusion[]): Verdict {
  const said = conclusions.filter(({ boots }) => boots.includes(boot)).map(({ verdict }) => verdict);
  const worst = PRECEDENCE.find((verdict) => said.includes(verdict as Conclusion['verdict']));
  if (worst !== undefined) return worst;
  const healthy = settledBoots(view).some(
    (settled) => settled.boot.boot === boot && settled.on.reading.state === 'healthy',
  );
  return healthy ? 'pass' : 'inconclusive';
}

/**
 * The verdict of the run. A boot that was skipped, since this host may not do its kind, does not weigh; a boot that
 * was asked for and never begun does: without it there is no pass.
 */
export function runVerdict(
  view: View,
  boots: readonly Verdict[],
  conclusions: readonly Conclusion[],
): Verdict {
  const ofRun = conclusions.filter(({ boots: named }) => named.length === 0).map(({ verdict }) => verdict);
  const all = [...boots.filter((verdict) => verdict !== 'skip'), ...ofRun];
  const worst = PRECEDENCE.find((verdict) => all.includes(verdict));
  // A failure that a person may have had a hand in is no failure of the combination.
  if (worst === 'fail' && view.context.console === 'attended') return 'inconclusive';
  if (worst !== undefined) return worst;
  if (view.context.origin === 'import' && view.timeline.claims.some((claim) => claim.says === 'works')) {
    return 'pass';
  }
  if (boots.length > 0 && boots.every((verdict) => verdict === 'skip')) return 'skip';
  return boots.length > 0 && boots.length >= view.context.cell.boots.length ? 'pass' : 'inconclusive';
}
