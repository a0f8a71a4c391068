import { asKnown } from '../report/history/difference.ts';
import { judgementsByRun, type Judgements } from '../report/history/judgements.ts';
import type { HistoryLine, RunRecord } from '../report/history/line.ts';
import { compareRules } from '../report/history/rules-order.ts';
import type { SiteRun } from './site-run.ts';

/** A run whose trace is here. */
export interface RunHere {
  readonly record: RunRecord;
  readonly kept: 'scenarios' | 'here';
}

/** Every run that history or a trace that is here tells of, once. */
export function siteRuns(lines: readonly HistoryLine[], here: readonly RunHere[]): readonly SiteRun[] {
  const judged = judgementsByRun(lines);
  const runs = new Map<string, SiteRun>();
  for (const [run, { standing, earlier }] of judged)
    runs.set(run, { record: standing, earlier, kept: 'history', page: false });
  for (const run of here) runs.set(run.record.run, siteRun(run, judged.get(run.record.run)));
  return [...runs.values()];
}

/**
 * A run whose trace is here, as the site shows it: what history says of it counts, unless the rules of today are newer
 * than those of its line.
 */
export function siteRun({ record, kept }: RunHere, known: Judgements | undefined): SiteRun {
  if (known === undefined) return { record, earlier: [], kept, page: true };
  const { standing, earlier } = known;
  if (compareRules(record.rules, standing.rules) <= 0)
    return { record: standing, earlier, kept: 'history', page: true };
  return { record: asKnown(record, standing), earlier: [standing, ...earlier], kept: 'here', page: true };
}
