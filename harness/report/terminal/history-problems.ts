import { printable } from '../../text/printable.ts';
import type { HistoryProblem } from '../history/history.ts';
import type { TerminalOptions } from './paint.ts';
import { wrap } from './width.ts';

const SHOWN = 20;

/** Lines of history that were not read, each with its place; `folder` is how a person here names the results. */
export function problemLines(
  problems: readonly HistoryProblem[],
  folder: string,
  options: TerminalOptions,
): readonly string[] {
  const more = problems.length - SHOWN;
  return [
    ...problems
      .slice(0, SHOWN)
      .flatMap(({ file, number, why }) =>
        wrap(`${printable(`${folder}/${file}`, 200)}:${number} ${printable(why, 200)}`, options.columns),
      ),
    ...(more > 0 ? [`and ${more} more lines that were not read`] : []),
  ];
}
