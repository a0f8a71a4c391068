import { printableLines } from '../text/printable.ts';
import type { TerminalOptions } from '../report/terminal/paint.ts';

/** How results are to look on this stream: its width, and colour only where a person sees it and wants it. */
export function terminalOptions(stream: NodeJS.WriteStream = process.stdout): TerminalOptions {
  const colour = stream.isTTY && process.env['NO_COLOR'] === undefined && process.env['TERM'] !== 'dumb';
  return { columns: stream.isTTY ? stream.columns : 100, colour };
}

// What would be invisible or would steer a terminal, but for the line ends that JSON is laid out with.
const HIDDEN = /(?!\n)[\p{C}\p{Zl}\p{Zp}]/gu;

/** The one JSON document of a command with `--json`; what a terminal might obey is escaped, so it reads the same. */
export function printJson(document: unknown): void {
  const text = JSON.stringify(document, null, 2).replace(HIDDEN, (character) =>
    Array.from({ length: character.length }, (_, at) => unicodeEscape(character.charCodeAt(at))).join(''),
  );
  process.stdout.write(`${text}\n`);
}

/** Prints a file's text as it is; on a terminal, what that might obey is shown as an escape. */
export function printFile(text: string): void {
  if (!process.stdout.isTTY) process.stdout.write(text);
  else process.stdout.write(printableLines(text, Infinity, Infinity).join('\n'));
}

function unicodeEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
