import { stat } from 'node:fs/promises';
import path from 'node:path';
import { fileProblem, type SourceProblem } from './problem.ts';
import { isInside } from './source.ts';
import type { SourceFiles } from './source-files.ts';
import { suggestion } from './suggestion.ts';
import { yamlFilesBelow } from './yaml-files.ts';

/** Folders below `scenarios/` that hold something else. */
const NOT_SCENARIOS = ['hosts', 'guests', 'traces'];
/** Boots that go wrong on purpose: run when they are named, and not with everything else. */
const ONLY_NAMED = ['failures'];

/** One scenario file that is asked for. */
export interface Wanted {
  readonly file: string;
  readonly id: string;
  /** Id of the one cell that is asked for, or the beginning of several; null: all of them. */
  readonly cell: string | null;
}

/**
 * The scenario files that the targets name; what names nothing is a problem in `files`.
 *
 * @param targets files, folders, ids of scenarios or cells, or the beginning of ids; none means all of `scenarios/`
 * @param cwd folder that relative paths start from; they are also looked for below the root
 */
export async function findTargets(
  files: SourceFiles,
  targets: readonly string[],
  cwd: string,
): Promise<readonly Wanted[]> {
  const scenarios = path.join(files.root, 'scenarios');
  const all = (await yamlFilesBelow(scenarios, NOT_SCENARIOS)).map((file) => wholeFile(file, files.root));
  if (targets.length === 0)
    return all.filter(({ id }) => !ONLY_NAMED.some((folder) => id.startsWith(`${folder}/`)));
  const found: Wanted[] = [];
  for (const target of targets) {
    const onDisk = await filesOf(target, files, cwd);
    const named = onDisk ?? idsOf(target, all);
    if (named.length === 0) files.problems.push(nothingFound(target, onDisk !== null, all));
    found.push(...named);
  }
  return found;
}

/** A scenario's id: its path below `scenarios/` without the ending; elsewhere its name alone. */
function scenarioId(file: string, root: string): string {
  const scenarios = path.join(root, 'scenarios');
  const { dir, name } = path.parse(
    isInside(file, scenarios) ? path.relative(scenarios, file) : path.basename(file),
  );
  return [...dir.split(path.sep), name].filter((part) => part !== '').join('/');
}

function wholeFile(file: string, root: string): Wanted {
  return { file, id: scenarioId(file, root), cell: null };
}

/** What is on disk under that name; null if nothing is. */
async function filesOf(target: string, files: SourceFiles, cwd: string): Promise<readonly Wanted[] | null> {
  if (target.includes('\0')) return null;
  for (const absolute of [path.resolve(cwd, target), path.resolve(files.root, target)]) {
    const status = await stat(absolute).catch(() => null);
    if (status === null) continue;
    if (!status.isDirectory())
      return isNoScenario(absolute, files.root) ? null : [wholeFile(absolute, files.root)];
    const skip = absolute === path.join(files.root, 'scenarios') ? [...NOT_SCENARIOS, ...ONLY_NAMED] : [];
    return (await yamlFilesBelow(absolute, skip))
      .filter((file) => !isNoScenario(file, files.root))
      .map((file) => wholeFile(file, files.root));
  }
  return null;
}

/** A host's or guest's file is checked with every load, and has no cells. */
function isNoScenario(file: string, root: string): boolean {
  return NOT_SCENARIOS.some((folder) => isInside(file, path.join(root, 'scenarios', folder)));
}

function idsOf(target: string, all: readonly Wanted[]): readonly Wanted[] {
  const exact = all.filter(({ id }) => id === target);
  if (exact.length > 0) return exact;
  const [scenario = ''] = target.split(':', 1);
  if (target.includes(':')) {
    return all.filter(({ id }) => id === scenario).map((one) => ({ ...one, cell: target }));
  }
  return target === '' ? [] : all.filter(({ id }) => id.startsWith(target));
}

function nothingFound(target: string, isFolder: boolean, all: readonly Wanted[]): SourceProblem {
  if (isFolder)
    return fileProblem(target, 'expected a folder with scenario files (*.yaml); there is none in it');
  const stem = target.replace(/^(\.?\/)?scenarios\/|\.ya?ml$|:.*$/g, '');
  const hint = suggestion(
    stem,
    all.map(({ id }) => id),
  );
  return fileProblem(target, 'no file, folder, scenario or cell has that name', hint);
}
