import { join, relative } from 'node:path';
import { Command } from 'commander';
import { version } from '../../../package.json';
import { problemLines } from '../../report/terminal/history-problems.ts';
import { renderRecorded } from '../../report/terminal/recorded.ts';
import { findTraces } from '../../trace/store.ts';
import { buildReport, type Report } from '../build-report.ts';
import { nameLeftOut, traceDirectories } from '../each-trace.ts';
import { EXIT } from '../exit-code.ts';
import { NotOurs, replaceDirectory } from '../fresh-directory.ts';
import { interruptible } from '../interrupt.ts';
import { printJson, terminalOptions } from '../output.ts';
import { findProject, type Project } from '../project.ts';
import { asUsage } from '../usage-error.ts';

interface Options {
  readonly record?: true;
  readonly out?: string;
  readonly json?: true;
}

/** `code43 report`: the site from history and the traces that are here; the one way in which history grows. */
export function reportCommand(): Command {
  return new Command('report')
    .argument('[traces...]', 'trace directories, or directories that hold some (default: reports/runs)')
    .description(
      'Build the site: the matrix over history and the traces that are here, the runs of each combination over time, and a page for each run whose trace is here.',
    )
    .option('--record', 'first add a line of history for each of these runs that has none yet')
    .option(
      '--out <directory>',
      'where to put the site: an empty or new directory, or one that this made (default: reports/site)',
    )
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nHistory is one line a run in reports/results/<host>/<yyyy-mm>.jsonl. A run that\nnever ended gets none, a trace that cannot be trusted is left out: both are named.',
    )
    .action(async (paths: string[], options: Options) => {
      const interrupt = interruptible();
      try {
        await report(paths, findProject(), options, interrupt.signal);
      } catch (error) {
        if (!interrupt.signal.aborted) throw error;
        process.exitCode = EXIT.interrupted;
      } finally {
        interrupt.release();
      }
    });
}

async function report(
  paths: readonly string[],
  project: Project,
  options: Options,
  signal: AbortSignal,
): Promise<void> {
  const out = options.out ?? project.site;
  const request = {
    scenarios: await findTraces(project.traces),
    runs: paths.length > 0 ? await traceDirectories(paths) : await findTraces(project.runs),
    record: options.record === true,
    signal,
  };
  const site = { built: new Date().toISOString(), tool: version };
  const built = await asUsage(
    replaceDirectory(out, (write) => buildReport(request, project, site, write)),
    NotOurs,
  );
  const index = join(out, 'index.html');
  if (options.json) printJson({ schema: 1, index, ...built });
  else print(built, project, index);
}

function print({ runs, pages, leftOut, problems, recorded }: Report, project: Project, index: string): void {
  const terminal = terminalOptions();
  const folder = relative(process.cwd(), project.results) || '.';
  for (const line of problemLines(problems, folder, terminal)) process.stderr.write(`${line}\n`);
  nameLeftOut(leftOut);
  if (recorded !== null) process.stdout.write(renderRecorded(recorded, folder, terminal));
  process.stdout.write(`${runs} runs on ${pages} pages: ${relative(process.cwd(), index)}\n`);
}
