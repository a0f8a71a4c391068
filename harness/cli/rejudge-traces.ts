import type { Judgements } from '../report/history/judgements.ts';
import { judgeTrace } from '../report/history/judge-trace.ts';
import { recordRuns, type Candidate, type Recorded } from '../report/history/record-runs.ts';
import { compareJudgement, type Rejudged } from '../report/history/rejudged.ts';
import type { RejudgedCounts } from '../report/terminal/rejudged.ts';
import { eachTrace, shown, type LeftOut } from './each-trace.ts';
import { hostIds } from './host-ids.ts';
import type { Project } from './project.ts';
import { sayWaiting } from './say-waiting.ts';

export interface Compared {
  readonly changed: readonly Rejudged[];
  readonly counts: RejudgedCounts;
  readonly leftOut: readonly LeftOut[];
}

/** Judges every trace and holds it against history, or against its scenario's expectation. One is held at a time. */
export async function rejudgeTraces(
  directories: readonly string[],
  known: ReadonlyMap<string, Judgements>,
  signal: AbortSignal,
): Promise<Compared> {
  const changed: Rejudged[] = [];
  const counts = { same: 0, open: 0, newer: 0 };
  const conflicts: LeftOut[] = [];
  const damaged = await eachTrace(directories, signal, (trace, directory) => {
    const { record } = judgeTrace(trace);
    const compared = compareJudgement(record, known.get(record.run));
    if ('not' in compared) {
      if (compared.not === 'newer') counts.newer += 1;
      else
        conflicts.push({
          directory: shown(directory),
          why: `run ${record.run} is recorded with another trace`,
        });
    } else if (compared.changed.length > 0) changed.push(compared);
    else if (compared.against === null) counts.open += 1;
    else counts.same += 1;
    return Promise.resolve();
  });
  const leftOut = [...damaged, ...conflicts];
  return { changed, counts: { ...counts, leftOut: leftOut.length }, leftOut };
}

/** Only what history has a line of gets another one: the first line of a run is `report --record`'s. */
export async function recordRejudged(
  changed: readonly Rejudged[],
  project: Project,
  signal: AbortSignal,
): Promise<Recorded> {
  const ids = await hostIds(project.root);
  const candidates = changed
    .filter(({ against }) => against === 'history')
    .map(({ record }): Candidate => ({ record, host: ids.get(record.host.name) ?? record.host.name }));
  return recordRuns(project.results, candidates, {
    again: true,
    signal,
    onWait: sayWaiting,
  });
}
