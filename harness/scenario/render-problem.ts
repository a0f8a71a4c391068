import { printable } from '../text/printable.ts';
import type { SourceProblem } from './problem.ts';

const WIDEST_EXCERPT = 100;

/**
 * A problem as compilers print it: place and message, the source line, a caret below the column, the hint.
 *
 * @param sourceText the text of the whole file; undefined where it could not be read, then no line is shown
 */
export function renderProblem(problem: SourceProblem, sourceText?: string): string {
  const { file, line, column, message, hint } = problem;
  const lines = [`${printable(file)}:${line}:${column}: ${printable(message)}`];
  const source = sourceText?.split(/\r?\n/, line)[line - 1];
  const gutter = String(line);
  const margin = ' '.repeat(gutter.length);
  if (source !== undefined && source.trim() !== '') {
    const shown = excerpt(source, column);
    lines.push(`  ${gutter} | ${shown.text}`, `  ${margin} | ${' '.repeat(shown.caret)}^`);
  }
  if (hint !== null) lines.push(`  ${margin} = ${printable(hint)}`);
  return lines.join('\n');
}

/** The part of a long line around the column, and how many characters of it stand before the caret. */
function excerpt(source: string, column: number): { readonly text: string; readonly caret: number } {
  const at = Math.min(column - 1, source.length);
  const from = source.length > WIDEST_EXCERPT ? Math.max(0, at - WIDEST_EXCERPT / 2) : 0;
  const before = onOneLine(source.slice(from, at));
  const after = onOneLine(source.slice(at, from + WIDEST_EXCERPT));
  const start = from > 0 ? '…' : '';
  const end = from + WIDEST_EXCERPT < source.length ? '…' : '';
  return { text: `${start}${before}${after}${end}`, caret: Array.from(start + before).length };
}

function onOneLine(text: string): string {
  return printable(text.replaceAll('\t', ' '));
}
