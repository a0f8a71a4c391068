import { judge } from '../judge/judge.ts';
import type { Cell } from '../scenario/cell.ts';
import { findTraces, loadHeader, loadTrace } from '../trace/store.ts';
import { cellDigest, type Plan, readPlans } from './plan-file.ts';
import type { Run } from './run-cell.ts';

/** There is no plan to go on with. */
export class NothingToResume extends Error {
  override readonly name = 'NothingToResume';
}

/** What is on disk of a plan that was begun before. */
export interface PriorRuns {
  /** By cell id: its finished runs, in order of attempt. They are not repeated. */
  readonly finished: ReadonlyMap<string, readonly Run[]>;
  /** Directories of runs that were cut off. They stay as they are; their cells are run again. */
  readonly cutOff: readonly string[];
}

/**
 * The plan that `run --resume` means: the one with this id, else the last one that has something left to do.
 *
 * @throws NothingToResume and says why
 */
export async function planToResume(directory: string, id: string | null): Promise<Plan> {
  const plans = await readPlans(directory);
  const plan = plans.find((each) => (id === null ? each.ended === null : each.id === id));
  if (plan?.ended === null) return plan;
  const which = id === null ? 'no plan' : plan === undefined ? `no plan ${id}` : null;
  const last = plans[0];
  if (which === null) throw new NothingToResume(`the plan ${id ?? ''} ended at ${plan?.ended ?? ''}`);
  const known = last === undefined ? '' : `; the last one, ${last.id}, ended at ${last.ended ?? 'no time'}`;
  throw new NothingToResume(`${which} in ${directory} has something left to do${known}`);
}

/**
 * Looks for the plan's runs in the traces on disk. A run counts as finished when its trace is whole, it was not
 * stopped, nothing it required was missing, and its cell still says what it said then.
 */
export async function priorRuns(directory: string, plan: Plan, cells: readonly Cell[]): Promise<PriorRuns> {
  const digests = new Map(plan.cells.map((cell) => [cell.id, cell.digest]));
  const same = new Set(cells.filter((cell) => digests.get(cell.id) === cellDigest(cell)).map(({ id }) => id));
  const finished = new Map<string, readonly Run[]>();
  const cutOff: string[] = [];
  for (const found of await findTraces(directory)) {
    const header = await loadHeader(found).catch(() => null);
    if (header?.plan !== plan.id) continue;
    const run = await finishedRun(found);
    if (run === null) cutOff.push(found);
    else if (same.has(header.cell.id) && run.result.verdict !== 'skip') {
      finished.set(header.cell.id, [...(finished.get(header.cell.id) ?? []), run]);
    }
  }
  for (const [cell, runs] of finished) {
    finished.set(
      cell,
      runs.toSorted((a, b) => a.result.attempt - b.result.attempt),
    );
  }
  return { finished, cutOff };
}

/** Null: it was cut off, stopped, or cannot be read. */
async function finishedRun(directory: string): Promise<Run | null> {
  const trace = await loadTrace(directory).catch(() => null);
  if (trace === null || trace.header.events === null) return null;
  if (trace.events.some((event) => event.ch === 'note' && event.kind === 'stopped')) return null;
  const seconds = trace.events.at(-1)?.t ?? 0;
  return {
    directory,
    result: judge(trace),
    facts: trace.header.host.facts,
    seconds,
    recordings: [],
    kept: null,
  };
}
