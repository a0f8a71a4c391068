import { renderProblem } from '../../scenario/render-problem.ts';
import type { ConfigProblem } from '../../vmconfig/entry.ts';
import type { NamedConfig } from './read.ts';

const SHOWN = 50;

/** Problems of a config as compilers print them, each with its line and a caret, after an empty line. */
export function renderConfigProblems(
  problems: readonly ConfigProblem[],
  { name, text }: NamedConfig,
): readonly string[] {
  const more = problems.length - SHOWN;
  const shown = problems
    .slice(0, SHOWN)
    .flatMap(({ line, column, message, hint }) => [
      '',
      renderProblem({ file: name, line, column, message, hint }, text),
    ]);
  return more > 0 ? [...shown, '', `… (${more} more)`] : shown;
}
