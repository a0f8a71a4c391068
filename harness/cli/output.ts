import type { TerminalOptions } from '../report/terminal/paint.ts';

/** How results are to look on this stream: its width, and colour only where a person sees it and wants it. */
export function terminalOptions(stream: NodeJS.WriteStream = process.stdout): TerminalOptions {
  const colour = stream.isTTY && process.env['NO_COLOR'] === undefined && process.env['TERM'] !== 'dumb';
  return { columns: stream.isTTY ? stream.columns : 100, colour };
}

/** The one JSON document of a command with `--json`. */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}
