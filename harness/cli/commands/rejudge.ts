import { relative } from 'node:path';
import { Command } from 'commander';
import { readHistory } from '../../report/history/history.ts';
import { judgementsByRun } from '../../report/history/judgements.ts';
import { problemLines } from '../../report/terminal/history-problems.ts';
import { renderRecorded } from '../../report/terminal/recorded.ts';
import { renderRejudged } from '../../report/terminal/rejudged.ts';
import { findTraces } from '../../trace/store.ts';
import { nameLeftOut, traceDirectories } from '../each-trace.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { interruptible } from '../interrupt.ts';
import { printJson, terminalOptions } from '../output.ts';
import { findProject, type Project } from '../project.ts';
import { recordRejudged, rejudgeTraces } from '../rejudge-traces.ts';

interface Options {
  readonly record?: true;
  readonly json?: true;
}

/** `code43 rejudge`: what today's rules say otherwise than history does. */
export function rejudgeCommand(): Command {
  return new Command('rejudge')
    .argument(
      '[traces...]',
      'trace directories, or directories that hold some; all that are here if left out',
    )
    .description(
      'Judge traces by the rules of today and list every run that they judge otherwise than history says, or than its scenario expects where history has no line of it.',
    )
    .option('--record', 'add a line of history for each run that newer rules judge otherwise')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing changed · 1 something did · 3 a trace could not be judged\n· 4 there was none.',
    )
    .action(async (paths: string[], options: Options) => {
      const interrupt = interruptible();
      try {
        process.exitCode = await rejudge(paths, findProject(), options, interrupt.signal);
      } catch (error) {
        if (!interrupt.signal.aborted) throw error;
        process.exitCode = EXIT.interrupted;
      } finally {
        interrupt.release();
      }
    });
}

async function rejudge(
  paths: readonly string[],
  project: Project,
  options: Options,
  signal: AbortSignal,
): Promise<ExitCode> {
  const directories =
    paths.length > 0
      ? await traceDirectories(paths)
      : [...(await findTraces(project.traces)), ...(await findTraces(project.runs))];
  if (directories.length === 0) {
    process.stderr.write('There is no trace to judge again.\n');
    return EXIT.nothingRan;
  }
  const history = await readHistory(project.results);
  const judged = await rejudgeTraces(
    directories,
    judgementsByRun(history.lines.map(({ line }) => line)),
    signal,
  );
  const recorded = options.record ? await recordRejudged(judged.changed, project, signal) : null;
  if (options.json) {
    printJson({ schema: 1, ...judged, history: { problems: history.problems }, recorded });
  } else {
    const terminal = terminalOptions();
    const folder = relative(process.cwd(), project.results);
    for (const line of problemLines(history.problems, folder, terminal)) process.stderr.write(`${line}\n`);
    nameLeftOut(judged.leftOut);
    process.stdout.write(renderRejudged(judged.changed, judged.counts, terminal));
    if (recorded !== null) process.stdout.write(renderRecorded(recorded, folder, terminal));
  }
  if (judged.leftOut.length > 0) return EXIT.error;
  return judged.changed.length > 0 ? EXIT.unexpected : EXIT.asExpected;
}
