import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { compactStamp } from './compact-stamp.ts';
import type { Cell } from '../scenario/cell.ts';
import { digest } from '../trace/digest.ts';
import { writeAtomically } from '../wire/atomic-file.ts';
import { withLock } from '../wire/lock.ts';

const text = z.string().check(z.maxLength(4096));

const PlanSchema = z.strictObject({
  schema: z.literal(1),
  /** Sortable by time, unique, and a plain file name. */
  id: z.string().check(z.regex(/^\d{8}T\d{6}Z-[0-9a-f]{6}$/)),
  tool: text,
  /** The host that was named on the command line. */
  host: z.nullable(text),
  retries: z.int(),
  /** Every cell of it, and the digest of all that the cell says: a cell that was edited since is another one. */
  cells: z.array(z.strictObject({ id: text, digest: text })),
  /** When its last cell was finished, ISO 8601 UTC; null as long as something is left to do. */
  ended: z.nullable(text),
});
/** A plan as it is kept beside its runs, so that it can be gone on with. */
export type Plan = z.infer<typeof PlanSchema>;

const PLAN_BYTES = 16 * 1_048_576;
const NAME = /^(\d{8}T\d{6}Z-[0-9a-f]{6})\.json$/;

/** Digest of everything that decides what a run of this cell does and what is expected of it. */
export function cellDigest(cell: Cell): string {
  // Where its file lies is not part of it.
  return digest(JSON.stringify({ ...cell, file: null }));
}

/** A plan that has not begun. */
export function newPlan(cells: readonly Cell[], asked: Pick<Plan, 'tool' | 'host' | 'retries'>): Plan {
  return {
    schema: 1,
    id: `${compactStamp(new Date())}-${randomBytes(3).toString('hex')}`,
    ...asked,
    cells: cells.map((cell) => ({ id: cell.id, digest: cellDigest(cell) })),
    ended: null,
  };
}

/**
 * Does the plan's work while nobody else can: the plan is on disk before it begins, and marked as ended when `work`
 * says that nothing is left.
 *
 * @param directory of the runs
 * @throws LockHeld when another process is at this plan; what `work` throws; the file system's errors
 */
export async function workOnPlan<T extends { readonly complete: boolean }>(
  directory: string,
  plan: Plan,
  work: () => Promise<T>,
): Promise<T> {
  const file = planFile(directory, plan.id);
  const lock = `${file.slice(0, -'.json'.length)}.lock`;
  return withLock(lock, { purpose: `runs the plan ${plan.id}`, wait: 0 }, async () => {
    await writePlan(file, plan);
    const done = await work();
    if (done.complete) await writePlan(file, { ...plan, ended: new Date().toISOString() });
    await rm(lock, { force: true });
    return done;
  });
}

/**
 * The plans whose files can be read, the last begun first.
 *
 * @param directory of the runs
 */
export async function readPlans(directory: string): Promise<readonly Plan[]> {
  const names = await readdir(join(directory, 'plans')).catch(() => []);
  const ids = names.flatMap((name) => NAME.exec(name)?.[1] ?? []).sort();
  const plans = await Promise.all(ids.reverse().map((id) => readPlan(planFile(directory, id))));
  return plans.filter((plan) => plan !== null);
}

async function readPlan(file: string): Promise<Plan | null> {
  try {
    if ((await stat(file)).size > PLAN_BYTES) return null;
    return PlanSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

function writePlan(file: string, plan: Plan): Promise<void> {
  return writeAtomically(file, `${JSON.stringify(plan, null, 2)}\n`);
}

function planFile(directory: string, id: string): string {
  return join(directory, 'plans', `${id}.json`);
}
