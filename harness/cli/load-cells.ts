import { loadCells, type Loaded } from '../scenario/load.ts';
import { ownerFile } from '../scenario/owner.ts';
import { renderProblem } from '../scenario/render-problem.ts';
import { UsageError } from './usage-error.ts';

/**
 * Loads what a command line names, and refuses the whole of it when any file has a problem: nothing is run then.
 *
 * @throws UsageError with every problem, its line and a caret
 */
export async function loadOrRefuse(
  root: string,
  targets: readonly string[],
  host: string | undefined,
): Promise<Loaded> {
  const only = host === undefined ? {} : { host };
  const loaded = await loadCells(root, targets, { ...only, owner: ownerFile() });
  if (loaded.problems.length === 0) return loaded;
  const shown = loaded.problems.map((problem) => renderProblem(problem, loaded.sources.get(problem.file)));
  throw new UsageError(`nothing was run: the scenarios have problems\n\n${shown.join('\n\n')}`);
}
