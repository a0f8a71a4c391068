import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { Command } from 'commander';
import { version } from '../../../package.json';
import { judge } from '../../judge/judge.ts';
import { buildSite } from '../../matrix/site.tsx';
import type { SiteRun } from '../../matrix/site-run.ts';
import { findTraces, loadTrace } from '../../trace/store.ts';
import { printJson } from '../output.ts';
import { findProject, type Project } from '../project.ts';

interface Options {
  readonly out?: string;
  readonly json?: true;
}

export function reportCommand(): Command {
  return new Command('report')
    .description('Judge all traces that are here and build the site: the matrix, and a page a run.')
    .option('--out <directory>', 'where to put the site (default: reports/site)')
    .option('--json', 'print one JSON document')
    .action(async (options: Options) => {
      const project = findProject();
      const { runs, unreadable } = await judgeAll(project);
      const out = options.out ?? project.site;
      const pages = buildSite(runs, { built: new Date().toISOString(), tool: version });
      await replaceDirectory(out, pages);
      for (const { directory, why } of unreadable) process.stderr.write(`left out ${directory}: ${why}\n`);
      const index = join(out, 'index.html');
      if (options.json) printJson({ schema: 1, index, runs: runs.length, pages: pages.size, unreadable });
      else
        process.stdout.write(
          `${runs.length} runs on ${pages.size} pages: ${relative(process.cwd(), index)}\n`,
        );
    });
}

interface Unreadable {
  readonly directory: string;
  readonly why: string;
}

/** Every trace below reports/runs and scenarios/traces; one that cannot be trusted is left out and named. */
async function judgeAll(
  project: Project,
): Promise<{ readonly runs: readonly SiteRun[]; readonly unreadable: readonly Unreadable[] }> {
  const directories = [...(await findTraces(project.traces)), ...(await findTraces(project.runs))];
  const runs: SiteRun[] = [];
  const unreadable: Unreadable[] = [];
  for (const directory of directories) {
    try {
      const trace = await loadTrace(directory);
      runs.push({ result: judge(trace), header: trace.header, events: trace.events });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      unreadable.push({ directory: relative(project.root, directory), why });
    }
  }
  return { runs, unreadable };
}

/** Builds beside and swaps, so that a reader never sees half a site. */
async function replaceDirectory(target: string, files: ReadonlyMap<string, string>): Promise<void> {
  const fresh = `${target}.${process.pid}.new`;
  try {
    for (const [path, content] of files) {
      const file = join(fresh, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
    await rm(target, { recursive: true, force: true });
    await rename(fresh, target);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
