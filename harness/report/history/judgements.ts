import { compareRules } from './rules-order.ts';
import type { HistoryLine } from './line.ts';

/** All that history says of one run. */
export interface Judgements {
  /** By the newest rules: what counts. */
  readonly standing: HistoryLine;
  /** By older rules, newest first. They stay in the files and count no more. */
  readonly earlier: readonly HistoryLine[];
}

/**
 * History by run: a run that was judged again is there once, with what was said of it before.
 *
 * @param lines as `readHistory` gives them: of one run, all are of one trace
 */
export function judgementsByRun(lines: readonly HistoryLine[]): ReadonlyMap<string, Judgements> {
  const runs = new Map<string, HistoryLine[]>();
  for (const line of lines) {
    const known = runs.get(line.run);
    if (known === undefined) runs.set(line.run, [line]);
    else known.push(line);
  }
  const judged = new Map<string, Judgements>();
  for (const [run, known] of runs) {
    const [standing, ...earlier] = known.sort((a, b) => compareRules(b.rules, a.rules));
    if (standing !== undefined) judged.set(run, { standing, earlier });
  }
  return judged;
}
