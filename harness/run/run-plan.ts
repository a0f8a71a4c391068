import pLimit from 'p-limit';
import type { Host } from '../host/host.ts';
import { judge } from '../judge/judge.ts';
import type { Result } from '../judge/result.ts';
import type { Cell, HostFile } from '../scenario/cell.ts';
import { describeUnknown, openHeader } from './header.ts';
import type { PlanEvent } from './plan-event.ts';
import { runCell, type Run } from './run-cell.ts';
import { messageOf } from '../text/message-of.ts';

export interface PlanOptions {
  readonly directory: string;
  readonly tool: string;
  /** Id of the plan; every trace names it. */
  readonly plan: string;
  /** What was finished of it before, by cell id; not repeated. */
  readonly finished: ReadonlyMap<string, readonly Run[]>;
  /** VMs side by side. */
  readonly jobs: number;
  /** Further attempts for a cell that is not as expected. Every attempt is kept and counted. */
  readonly retries: number;
  readonly signal: AbortSignal;
  /** As `RunOptions.keep`. */
  readonly keep?: (result: Result) => boolean;
  readonly openHost: (host: HostFile) => Promise<Host | null>;
  readonly emit: (event: PlanEvent) => void;
}

/** One cell of a finished plan, with every attempt; no attempts: it was stopped before it began. */
export interface CellRuns {
  readonly cell: Cell;
  readonly runs: readonly Run[];
}

/** Runs all cells, some side by side, and returns what was done in the order of the cells. */
export async function runPlan(cells: readonly Cell[], options: PlanOptions): Promise<readonly CellRuns[]> {
  const limit = pLimit(options.jobs);
  const hosts = new Map<string, Promise<Host | null>>();
  const hostOf = (file: HostFile): Promise<Host | null> => {
    const known = hosts.get(file.id) ?? options.openHost(file);
    hosts.set(file.id, known);
    return known;
  };
  return Promise.all(
    cells.map((cell) =>
      limit(async () => ({ cell, runs: await attempts(cell, () => hostOf(cell.host), options) })),
    ),
  );
}

async function attempts(
  cell: Cell,
  host: () => Promise<Host | null>,
  options: PlanOptions,
): Promise<readonly Run[]> {
  const runs: Run[] = [...(options.finished.get(cell.id) ?? [])];
  while (!options.signal.aborted && runs.length <= options.retries && wantsAnother(runs.at(-1))) {
    const attempt = runs.length + 1;
    const run = await runOnce(cell, host, { ...options, attempt });
    runs.push(run);
  }
  return runs;
}

function wantsAnother(last: Run | undefined): boolean {
  return last === undefined || (last.result.asExpected !== true && last.result.verdict !== 'skip');
}

/** A run whose trace could not even be written is still a result: an `error` that says so. */
async function runOnce(
  cell: Cell,
  host: () => Promise<Host | null>,
  options: PlanOptions & { attempt: number },
): Promise<Run> {
  try {
    return await runCell(cell, await host(), options);
  } catch (error) {
    const result = unrecorded(cell, error, options);
    options.emit({
      cell: cell.id,
      kind: 'end',
      verdict: result.verdict,
      asExpected: result.asExpected,
      seconds: 0,
    });
    return { directory: '', result, facts: {}, seconds: 0, recordings: [], kept: null };
  }
}

function unrecorded(
  cell: Cell,
  error: unknown,
  options: { tool: string; attempt: number; plan: string },
): Result {
  const text = messageOf(error);
  const header = openHeader(cell, describeUnknown(cell), options);
  return judge({
    header: { ...header, events: { count: 1, bytes: 0, sha256: '' } },
    events: [{ n: 1, t: 0, ch: 'note', kind: 'lab.error', text }],
    digest: null,
  });
}
