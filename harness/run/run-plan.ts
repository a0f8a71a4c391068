import pLimit, { type LimitFunction } from 'p-limit';
import { ONE_AT_A_TIME } from '../host/drivers.ts';
import type { Host } from '../host/host.ts';
import { judge } from '../judge/judge.ts';
import type { Result } from '../judge/result.ts';
import type { Cell, HostFile } from '../scenario/cell.ts';
import { describeUnknown, openHeader } from './header.ts';
import type { Kept } from './attend.ts';
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
  const turns = new Map<string, LimitFunction>();
  const turnOn = (file: HostFile): LimitFunction => {
    const turn = turns.get(file.id) ?? pLimit(ONE_AT_A_TIME[file.platform] ? 1 : Number.POSITIVE_INFINITY);
    turns.set(file.id, turn);
    return turn;
  };
  // Hosts whose one device a kept VM has: nothing else runs there, and they are closed after it.
  const taken = new Set<string>();
  const runOn = async (cell: Cell): Promise<readonly Run[]> =>
    attempts(cell, { ...options, free: () => !taken.has(cell.host.id) }, async (attempt) => {
      const run = await runOnce(cell, () => hostOf(cell.host), { ...options, attempt });
      if (run.kept === null || !ONE_AT_A_TIME[cell.host.platform]) return run;
      taken.add(cell.host.id);
      return { ...run, kept: keptWith(run.kept, await hostOf(cell.host)) };
    });
  try {
    return await Promise.all(
      cells.map((cell) => turnOn(cell.host)(() => limit(async () => ({ cell, runs: await runOn(cell) })))),
    );
  } finally {
    // A host that could not be opened has told its cells so.
    for (const [id, host] of hosts)
      if (!taken.has(id)) await (await host.catch(() => null))?.[Symbol.asyncDispose]();
  }
}

async function attempts(
  cell: Cell,
  options: PlanOptions & { readonly free: () => boolean },
  run: (attempt: number) => Promise<Run>,
): Promise<readonly Run[]> {
  const { finished, signal, retries, free } = options;
  const runs: Run[] = [...(finished.get(cell.id) ?? [])];
  while (!signal.aborted && free() && runs.length <= retries && wantsAnother(runs.at(-1)))
    runs.push(await run(runs.length + 1));
  return runs;
}

/** A VM that stays up needs its host until it is down. */
function keptWith(kept: Kept, host: Host | null): Kept {
  const takeDown = async (): Promise<void> => {
    try {
      await kept[Symbol.asyncDispose]();
    } finally {
      await host?.[Symbol.asyncDispose]();
    }
  };
  let down: Promise<void> | null = null;
  return { ...kept, [Symbol.asyncDispose]: () => (down ??= takeDown()) };
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
