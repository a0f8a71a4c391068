import { readHistory, type HistoryProblem } from '../report/history/history.ts';
import { judgeTrace } from '../report/history/judge-trace.ts';
import { judgementsByRun } from '../report/history/judgements.ts';
import type { HistoryLine } from '../report/history/line.ts';
import { recordRuns, type Candidate, type Recorded } from '../report/history/record-runs.ts';
import { buildRunPage, buildSite, type SiteOptions } from '../matrix/site.tsx';
import { siteRun, siteRuns, type RunHere } from '../matrix/site-runs.ts';
import { eachTrace, shown, type LeftOut } from './each-trace.ts';
import type { WriteFile } from './fresh-directory.ts';
import { hostIds } from './host-ids.ts';
import type { Project } from './project.ts';
import { sayWaiting } from './say-waiting.ts';

export interface ReportRequest {
  /** Trace directories that are kept with the scenarios, and those of runs. */
  readonly scenarios: readonly string[];
  readonly runs: readonly string[];
  /** Whether the runs get their lines in history. */
  readonly record: boolean;
  readonly signal: AbortSignal;
}

export interface Report {
  readonly runs: number;
  readonly pages: number;
  readonly leftOut: readonly LeftOut[];
  readonly problems: readonly HistoryProblem[];
  /** Null where nothing was to be recorded. */
  readonly recorded: Recorded | null;
}

/**
 * Judges every trace once, writes its page, records it where that is wanted, and writes the matrix over history and all
 * of these. Only one trace is held at a time; of a run that was judged only its line is.
 */
export async function buildReport(
  request: ReportRequest,
  project: Project,
  options: SiteOptions,
  write: WriteFile,
): Promise<Report> {
  const before = linesOf(await readHistory(project.results));
  const { here, candidates, leftOut } = await judgeAll(request, project, before, options, write);
  const recorded = request.record
    ? await recordRuns(project.results, candidates, {
        again: false,
        signal: request.signal,
        onWait: sayWaiting,
      })
    : null;
  const history = await readHistory(project.results);
  const runs = siteRuns(linesOf(history), here);
  const pages = buildSite(runs, options);
  for (const [path, text] of pages) await write(path, text);
  return {
    runs: runs.length,
    pages: pages.size + here.length,
    leftOut,
    problems: history.problems,
    recorded,
  };
}

interface Judged {
  readonly here: readonly RunHere[];
  readonly candidates: readonly Candidate[];
  readonly leftOut: readonly LeftOut[];
}

async function judgeAll(
  { scenarios, runs, signal }: ReportRequest,
  project: Project,
  lines: readonly HistoryLine[],
  options: SiteOptions,
  write: WriteFile,
): Promise<Judged> {
  const ids = await hostIds(project.root);
  const judged = judgementsByRun(lines);
  const traces = new Map<string, string | null>(
    [...judged].map(([run, { standing }]) => [run, standing.trace]),
  );
  const ofRuns = new Set(runs);
  const seen = new Set<string>();
  const [here, candidates, conflicts]: [RunHere[], Candidate[], LeftOut[]] = [[], [], []];
  const directories = [...new Set([...scenarios, ...runs])];
  const damaged = await eachTrace(directories, signal, async (trace, directory) => {
    const { result, record } = judgeTrace(trace);
    const other = traces.get(record.run);
    if (other !== undefined && other !== record.trace) {
      conflicts.push({ directory: shown(directory), why: `another trace has its run id, ${record.run}` });
      return;
    }
    const host = trace.header.host.name;
    if (ofRuns.has(directory)) candidates.push({ record, host: ids.get(host) ?? host });
    // A copy of a trace says nothing more.
    if (seen.has(record.run)) return;
    seen.add(record.run);
    traces.set(record.run, record.trace);
    const run: RunHere = { record, kept: ofRuns.has(directory) ? 'here' : 'scenarios' };
    here.push(run);
    const page = siteRun(run, judged.get(record.run));
    await write(...buildRunPage({ result, header: trace.header, events: trace.events }, page, options));
  });
  return { here, candidates, leftOut: [...damaged, ...conflicts] };
}

function linesOf(history: Awaited<ReturnType<typeof readHistory>>): readonly HistoryLine[] {
  return history.lines.map(({ line }) => line);
}
