import type { NumberedLine } from '../../part.ts';

const FENCE = /^\s*(?:`{3}|~{3})/;
/** What people put before a line: indentation, a bullet, a quoting mark. Sections and comments stay. */
const MARK = /^[\s>]{0,40}(?:[-*•+]\s{1,8})?`?(?=[a-z])/;

/**
 * The lines as they stand in the file: without what a post put around them. A line that goes on with the options of
 * `args` is put back onto it; it keeps its place as an empty line, so that lines count as before.
 */
export function plainLines(lines: readonly NumberedLine[]): readonly string[] {
  const plain: string[] = [];
  let args = -1;
  for (const { text } of lines) {
    const line = FENCE.test(text) ? '' : text.replace(MARK, '').replace(/[\s`\\]{1,40}$/, '');
    const goesOn = args >= 0 && /^\s{0,40}-{1,2}[a-z]/.test(text);
    if (goesOn) {
      plain[args] = `${plain[args] ?? ''} ${text.trim().replace(/[\s`\\]{1,40}$/, '')}`;
      plain.push('');
    } else {
      plain.push(line);
      args = line.startsWith('args:') ? plain.length - 1 : line === '' ? args : -1;
    }
  }
  return plain;
}
