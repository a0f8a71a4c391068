import { availableParallelism } from 'node:os';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { Command } from 'commander';
import { version } from '../../../package.json';
import { openHost } from '../../host/drivers.ts';
import { progress } from '../../report/progress.ts';
import { junitXml } from '../../report/junit.ts';
import { exitCode, outcome } from '../../run/outcome.ts';
import { runPlan, type CellRuns } from '../../run/run-plan.ts';
import type { Cell } from '../../scenario/cell.ts';
import { check } from './check.ts';
import { EXIT } from '../exit-code.ts';
import { interruptible } from '../interrupt.ts';
import { loadOrRefuse } from '../load-cells.ts';
import { printJson } from '../output.ts';
import { findProject, type Project } from '../project.ts';
import { resultsText } from '../results-text.ts';
import { wholeNumber } from '../whole-number.ts';

interface Options {
  readonly host?: string;
  readonly retries: number;
  readonly jobs: number;
  readonly dryRun?: true;
  readonly junit?: string;
  readonly json?: true;
  readonly verbose?: true;
}

export function runCommand(): Command {
  return new Command('run')
    .argument(
      '[target...]',
      'scenario files, directories, or ids of scenarios or cells; all of scenarios/ if left out',
    )
    .description('Boot the cells, watch host and guest, judge what was seen, and keep a trace of every run.')
    .option('--host <name>', 'run on this host; cells that it cannot run are left out')
    .option(
      '--retries <n>',
      'further attempts for a cell that is not as expected; all are counted',
      wholeNumber(3),
      0,
    )
    .option('--jobs <n>', 'VMs side by side', wholeNumber(3), sideBySide())
    .option('--dry-run', 'print what would run, down to the exact command; start nothing')
    .option('--junit <file>', 'also write JUnit XML')
    .option('--json', 'print one JSON document')
    .option('-v, --verbose', 'show every run in detail')
    .addHelpText('after', '\nTraces go to reports/runs/, one directory a run. Ctrl-C keeps what is finished.')
    .action(async (targets: string[], options: Options) => {
      if (options.dryRun) {
        await check(targets, options);
        return;
      }
      const project = findProject();
      const { cells } = await loadOrRefuse(project.root, targets, options.host);
      process.exitCode = await runCells(cells, project, options);
    });
}

async function runCells(cells: readonly Cell[], project: Project, options: Options): Promise<number> {
  if (cells.length === 0) {
    process.stderr.write('No cell to run.\n');
    return EXIT.nothingRan;
  }
  const interrupt = interruptible();
  const shown = progress(cells, { stream: process.stderr, verbose: options.verbose === true });
  let done: readonly CellRuns[];
  try {
    done = await runPlan(cells, {
      directory: project.runs,
      tool: version,
      jobs: Math.max(1, options.jobs),
      retries: options.retries,
      signal: interrupt.signal,
      openHost,
      emit: (event) => {
        shown.on(event);
      },
    });
  } finally {
    await shown.stop();
    interrupt.release();
  }
  if (options.junit !== undefined) await writeJunit(options.junit, done);
  report(done, project, options);
  if (interrupt.signal.aborted) return EXIT.interrupted;
  return exitCode(done.map(({ runs }) => outcome(runs.map((run) => run.result))));
}

function report(done: readonly CellRuns[], project: Project, options: Options): void {
  const runs = done.flatMap((cell) => cell.runs);
  const results = runs.map((run) => run.result);
  const notRun = done.filter((cell) => cell.runs.length === 0).map(({ cell }) => cell.id);
  if (options.json) {
    const cells = done.map((one) => ({
      cell: one.cell.id,
      outcome: outcome(one.runs.map((run) => run.result)),
    }));
    printJson({ schema: 1, directory: project.runs, cells, results });
    return;
  }
  const stopped = notRun.length === 0 ? [] : [`Not run, since the plan was stopped: ${notRun.join(', ')}`];
  const where = `Traces: ${relative(process.cwd(), project.runs) || '.'}`;
  process.stdout.write(`${[resultsText(results, options), ...stopped, where].join('\n')}\n`);
}

async function writeJunit(file: string, done: readonly CellRuns[]): Promise<void> {
  const runs = done.flatMap((cell) => cell.runs);
  const facts = Object.assign({}, ...runs.map((run) => run.facts)) as Record<string, string>;
  await mkdir(dirname(file), { recursive: true });
  const xml = junitXml(
    runs.map((run) => run.result),
    { name: 'code43', properties: { code43: version, node: process.version, ...facts } },
  );
  await writeFile(file, xml);
}

/** One more than the processors: while one guest's status settles, another one can boot. */
function sideBySide(): number {
  return Math.min(4, availableParallelism() + 1);
}
