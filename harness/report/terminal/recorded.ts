import { printable } from '../../text/printable.ts';
import type { Recorded } from '../history/record-runs.ts';
import { indented } from './finding.ts';
import type { TerminalOptions } from './paint.ts';
import { wrap } from './width.ts';

/** What recording did: lines added by file, runs that were there already, and what was refused, by name. */
export function renderRecorded(recorded: Recorded, folder: string, options: TerminalOptions): string {
  const { added, known, refused } = recorded;
  const files = [...new Set(added.map(({ file }) => file))];
  const older = known.filter(({ byOlderRules }) => byOlderRules).length;
  const lines = [
    `Recorded ${runs(added.length)}.`,
    ...files.flatMap((file) => {
      const own = added.filter((one) => one.file === file);
      return indented(`${runs(own.length)} in ${folder}/${file}`, 2, options);
    }),
    ...(known.length === 0 ? [] : [`Already recorded: ${runs(known.length)}.`]),
    ...(older === 0
      ? []
      : indented(`${older} of them by older rules; code43 rejudge says what changes`, 2, options)),
    ...(refused.length === 0 ? [] : [`Refused: ${runs(refused.length)}.`]),
    ...refused.flatMap(({ run, why }) => indented(`${printable(run, 140)}: ${printable(why)}`, 2, options)),
  ];
  return `${lines.flatMap((line) => (line.startsWith(' ') ? [line] : wrap(line, options.columns))).join('\n')}\n`;
}

function runs(count: number): string {
  return count === 1 ? '1 run' : `${count} runs`;
}
