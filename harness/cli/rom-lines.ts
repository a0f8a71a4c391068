import { indented } from '../report/terminal/finding.ts';
import { printable } from '../text/printable.ts';

const COLUMNS = 80;

/** Prints lines on stdout, each made safe to show and broken at 80 columns beneath its own indent. */
export function printLines(lines: readonly string[]): void {
  const text = lines.flatMap((line) => {
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    return line.trim() === ''
      ? ['']
      : indented(printable(line.trim(), 2000), indent, { columns: COLUMNS, colour: false });
  });
  process.stdout.write(`${text.join('\n')}\n`);
}
