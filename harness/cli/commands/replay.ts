import { resolve } from 'node:path';
import { Command } from 'commander';
import { judge } from '../../judge/judge.ts';
import type { Result } from '../../judge/result.ts';
import { exitCode, outcome } from '../../run/outcome.ts';
import { loadTrace } from '../../trace/store.ts';
import { traceDirectories } from '../each-trace.ts';
import { isFile, loadNamedTrace } from '../load-trace.ts';
import { printJson } from '../output.ts';
import { resultsText } from '../results-text.ts';

interface Options {
  readonly json?: true;
  readonly verbose?: true;
}

export function replayCommand(): Command {
  return new Command('replay')
    .argument('<trace...>', 'trace directories, directories that hold some, or archives of trace export')
    .description('Judge recorded or imported traces again: same trace and same rules, same verdict.')
    .option('--json', 'print one JSON document')
    .option('-v, --verbose', 'show every run in detail')
    .action(async (paths: string[], options: Options) => {
      const results = await replay(paths);
      if (options.json) printJson({ schema: 1, results });
      else process.stdout.write(`${resultsText(results, options).trimEnd()}\n`);
      process.exitCode = exitCode(results.map((result) => outcome([result])));
    });
}

async function replay(paths: readonly string[]): Promise<readonly Result[]> {
  const found: string[] = [];
  for (const path of paths)
    found.push(...((await isFile(path)) ? [resolve(path)] : await traceDirectories([path])));
  const results: Result[] = [];
  for (const each of new Set(found))
    results.push(judge((await isFile(each)) ? await loadNamedTrace(each) : await loadTrace(each)));
  return results;
}
