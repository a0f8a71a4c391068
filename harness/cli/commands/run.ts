import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import { version } from '../../../package.json';
import { keepOnFailure, takeDown } from '../../console/keeper.ts';
import { openHost } from '../../host/drivers.ts';
import { progress } from '../../report/progress.ts';
import { exitCode, outcome } from '../../run/outcome.ts';
import { workOnPlan } from '../../run/plan-file.ts';
import type { Run } from '../../run/run-cell.ts';
import { type CellRuns, type PlanOptions, runPlan } from '../../run/run-plan.ts';
import { EXIT } from '../exit-code.ts';
import { holdKeptRuns } from '../hold-kept-runs.ts';
import { interruptible } from '../interrupt.ts';
import { parseMinutes } from '../minutes.ts';
import { planToRun, type PlanToRun } from '../plan-to-run.ts';
import { type FinishedPlan, printPlan, writeJunit } from '../plan-report.ts';
import { findProject, type Project } from '../project.ts';
import { asUsage } from '../usage-error.ts';
import { wholeNumber } from '../whole-number.ts';
import { LockHeld } from '../../wire/lock.ts';
import { check } from './check.ts';

interface Options {
  readonly host?: string;
  readonly retries?: number;
  readonly jobs: number;
  readonly wait: number;
  readonly keepOnFailure?: number;
  readonly resume?: string | true;
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
    .option(
      '--host <name>',
      'run on this host, also named as root@pve; cells that it cannot run are left out',
    )
    .option(
      '--retries <n>',
      'further attempts for a cell that is not as expected; all are counted (default: 0)',
      wholeNumber(3),
    )
    .option('--jobs <n>', 'VMs side by side', wholeNumber(3), sideBySide())
    .option('--wait <minutes>', 'wait so long for a device that another run has', parseMinutes, 0)
    .addOption(
      new Option(
        '--keep-on-failure [minutes]',
        'leave the VM of a cell that is not as expected up so long, to be looked into',
      )
        .preset('15')
        .argParser(parseMinutes),
    )
    .option(
      '--resume [plan]',
      'go on with the last plan that was cut off, or with this one; finished cells are not repeated',
    )
    .option('--dry-run', 'print what would run, down to the exact command; start nothing')
    .option('--junit <file>', 'also write JUnit XML')
    .option('--json', 'print one JSON document')
    .option('-v, --verbose', 'show every run in detail')
    .addHelpText(
      'after',
      '\nTraces go to reports/runs/, one directory a run. Ctrl-C keeps what is finished; --resume goes on from there.',
    )
    .action(async (targets: string[], options: Options) => {
      if (options.dryRun) {
        await check(targets, options);
        return;
      }
      const project = findProject();
      const asked = await planToRun(project, { ...options, targets });
      process.exitCode = await run(asked, project, options);
    });
}

async function run(asked: PlanToRun, project: Project, options: Options): Promise<number> {
  if (asked.cells.length === 0) {
    process.stderr.write('No cell to run.\n');
    return EXIT.nothingRan;
  }
  const keep = options.keepOnFailure === undefined ? {} : { keep: keepOnFailure() };
  if (options.resume !== undefined) tellResumed(asked);
  const interrupt = interruptible();
  let plan: FinishedPlan;
  let runs: readonly Run[] = [];
  const work = async (): Promise<FinishedPlan> => {
    const finished = await runCells(asked, project, { ...options, ...keep }, interrupt.signal);
    runs = finished.done.flatMap((cell) => cell.runs);
    return finished;
  };
  try {
    // Its work, not its lock alone, is under the interrupt: Ctrl-C must end the VMs first.
    plan = await asUsage(workOnPlan(project.runs, asked.plan, work), LockHeld);
  } catch (error) {
    await takeDown(runs);
    throw error;
  } finally {
    interrupt.release();
  }
  await holdKeptRuns(runs, {
    minutes: interrupt.signal.aborted ? 0 : (options.keepOnFailure ?? 0),
    before: async () => {
      if (options.junit !== undefined) await writeJunit(options.junit, plan);
      printPlan(plan, project, options);
    },
  });
  if (interrupt.signal.aborted) return EXIT.interrupted;
  return exitCode(plan.done.map(({ runs }) => outcome(runs.map((each) => each.result))));
}

async function runCells(
  { plan, cells, connections, finished }: PlanToRun,
  project: Project,
  options: Options & Pick<PlanOptions, 'keep'>,
  signal: AbortSignal,
): Promise<FinishedPlan> {
  const left = cells.filter((cell) => !finished.has(cell.id));
  const shown = progress(left, { stream: process.stderr, verbose: options.verbose === true });
  let done: readonly CellRuns[];
  try {
    done = await runPlan(cells, {
      directory: project.runs,
      tool: version,
      plan: plan.id,
      finished,
      jobs: Math.max(1, options.jobs),
      retries: plan.retries,
      signal,
      openHost: (host) => openHost(host, { connections, wait: options.wait * 60 }),
      ...(options.keep === undefined ? {} : { keep: options.keep }),
      emit: (event) => {
        shown.on(event);
      },
    });
  } finally {
    await shown.stop();
  }
  const recorded = done.every(({ runs }) => runs.length > 0 && runs.every((each) => each.directory !== ''));
  return { id: plan.id, done, complete: recorded && !signal.aborted };
}

function tellResumed({ plan, cells, finished, cutOff }: PlanToRun): void {
  const cut = cutOff.length === 0 ? '' : `; ${cutOff.length} cut off, which stay in reports/runs`;
  process.stderr.write(
    `Going on with plan ${plan.id}: ${finished.size} of ${cells.length} cells were finished${cut}.\n`,
  );
}

/** One more than the processors: while one guest's status settles, another one can boot. */
function sideBySide(): number {
  return Math.min(4, availableParallelism() + 1);
}
