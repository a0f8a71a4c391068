import { printable } from '../../../text/printable.ts';
import { paint, type TerminalOptions } from '../paint.ts';
import { width, wrap } from '../width.ts';

/** Longest value of a config that is shown whole. */
const LONGEST = 2_000;
const WIDEST_NAME = 24;
const MOST_ROWS = 300;

export interface Row {
  readonly name: string;
  /** Not yet `printable`. */
  readonly text: string;
}

/** A heading and, below it, names with their texts in two columns; nothing without rows. */
export function table(title: string, rows: readonly Row[], options: TerminalOptions): readonly string[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, MOST_ROWS);
  const names = shown.map(({ name }) => printable(name, WIDEST_NAME * 2));
  const column = Math.min(WIDEST_NAME, Math.max(...names.map(width)));
  const lines = shown.flatMap(({ text }, index) => rowLines(names[index] ?? '', text, column, options));
  const more = rows.length - shown.length;
  const rest = more > 0 ? [`  … (${more} more; --json has them all)`] : [];
  return ['', paint(options.colour, 'bold', title), ...lines, ...rest];
}

function rowLines(name: string, text: string, column: number, options: TerminalOptions): readonly string[] {
  const indent = ' '.repeat(column + 4);
  const lines = wrap(printable(text, LONGEST), options.columns - indent.length);
  const head = `  ${name}${' '.repeat(Math.max(0, column - width(name)))}  `;
  if (width(name) > column) return [`  ${name}`, ...lines.map((line) => indent + line)];
  return lines.map((line, index) => (index === 0 ? head : indent) + line);
}
