import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { version } from '../../package.json';
import { junitXml } from '../report/junit.ts';
import { outcome } from '../run/outcome.ts';
import type { CellRuns } from '../run/run-plan.ts';
import { printable } from '../text/printable.ts';
import { printJson } from './output.ts';
import type { Project } from './project.ts';
import { resultsText } from './results-text.ts';

/** A plan that has ended, by itself or since it was stopped. */
export interface FinishedPlan {
  readonly id: string;
  readonly done: readonly CellRuns[];
  /** Nothing is left to go on with. */
  readonly complete: boolean;
}

/** Prints the results on stdout; a plan that is not complete says so, and how to go on. */
export function printPlan(
  plan: FinishedPlan,
  project: Project,
  options: { readonly json?: true; readonly verbose?: true },
): void {
  const results = resultsOf(plan);
  const notRun = cellsNotRun(plan).map(({ id }) => id);
  if (options.json) {
    const cells = plan.done.map((one) => ({
      cell: one.cell.id,
      outcome: outcome(one.runs.map((run) => run.result)),
    }));
    const partial = !plan.complete;
    printJson({ schema: 1, directory: project.runs, plan: plan.id, partial, notRun, cells, results });
    return;
  }
  const left = notRun.length === 0 ? [] : [`Not run, since the plan was stopped: ${notRun.join(', ')}`];
  const partial = plan.complete ? [] : [`These results are partial. Go on with: code43 run --resume`];
  const where = `Traces: ${relative(process.cwd(), project.runs) || '.'}`;
  const lines = [...left, ...partial, where].map((line) => printable(line, Infinity));
  process.stdout.write(`${[resultsText(results, options), ...lines].join('\n')}\n`);
}

/** Writes the results as JUnit XML; cells that were not come to are skipped in it. */
export async function writeJunit(file: string, plan: FinishedPlan): Promise<void> {
  const runs = plan.done.flatMap((cell) => cell.runs);
  const facts = Object.assign({}, ...runs.map((run) => run.facts)) as Record<string, string>;
  const properties = {
    code43: version,
    node: process.version,
    ...facts,
    ...(plan.complete ? {} : { partial: 'the plan was stopped before its end' }),
  };
  const notRun = cellsNotRun(plan);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, junitXml(resultsOf(plan), { name: 'code43', properties, notRun }));
}

function resultsOf({ done }: FinishedPlan): CellRuns['runs'][number]['result'][] {
  return done.flatMap((cell) => cell.runs.map((run) => run.result));
}

function cellsNotRun({ done }: FinishedPlan): CellRuns['cell'][] {
  return done.filter((cell) => cell.runs.length === 0).map(({ cell }) => cell);
}
