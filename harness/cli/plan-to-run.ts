import { version } from '../../package.json';
import { newPlan, type Plan } from '../run/plan-file.ts';
import { NothingToResume, planToResume, priorRuns, type PriorRuns } from '../run/resume.ts';
import type { Cell } from '../scenario/cell.ts';
import type { Loaded } from '../scenario/load.ts';
import { loadOrRefuse } from './load-cells.ts';
import type { Project } from './project.ts';
import { asUsage, UsageError } from './usage-error.ts';

/** A plan, its cells as the scenarios have them today, and what of it was done before. */
export interface PlanToRun extends PriorRuns {
  readonly plan: Plan;
  readonly cells: readonly Cell[];
  /** How their hosts are reached from here. */
  readonly connections: Loaded['connections'];
}

export interface PlanRequest {
  readonly targets: readonly string[];
  readonly host?: string | undefined;
  readonly retries?: number | undefined;
  /** The id of the plan to go on with, or true for the last one; undefined begins a plan. */
  readonly resume?: string | true | undefined;
}

/**
 * The plan that a command line asks for.
 *
 * @throws UsageError when the scenarios have problems, or there is nothing to go on with
 */
export async function planToRun(project: Project, request: PlanRequest): Promise<PlanToRun> {
  if (request.resume !== undefined) return resumed(project, request, request.resume);
  const { cells, connections } = await loadOrRefuse(project.root, request.targets, request.host);
  const plan = newPlan(cells, { tool: version, host: request.host ?? null, retries: request.retries ?? 0 });
  return { plan, cells, connections, finished: new Map(), cutOff: [] };
}

async function resumed(
  project: Project,
  { targets, host, retries }: PlanRequest,
  resume: string | true,
): Promise<PlanToRun> {
  if (targets.length > 0 || host !== undefined) {
    throw new UsageError('--resume goes on with a whole plan: name no targets and no --host beside it');
  }
  const planned = await asUsage(planToResume(project.runs, resume === true ? null : resume), NothingToResume);
  const plan = { ...planned, retries: retries ?? planned.retries };
  const ids = plan.cells.map(({ id }) => id);
  const { cells, connections } = await loadOrRefuse(project.root, ids, plan.host ?? undefined);
  return { plan, cells, connections, ...(await priorRuns(project.runs, plan, cells)) };
}
