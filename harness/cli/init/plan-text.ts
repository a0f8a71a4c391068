import { homedir } from 'node:os';
import path from 'node:path';
import type { Examination } from '../../collect/doctor.ts';
import { unifiedDiff } from '../../diagnosis/fix/unified-diff.ts';
import { type PlannedFile, stateOf } from '../../init/planned-file.ts';
import { paint, type TerminalOptions } from '../../report/terminal/paint.ts';
import { wrap } from '../../report/terminal/width.ts';
import { printable } from '../../text/printable.ts';
import type { Row } from './seen-text.ts';

const LABEL = 8;

/** Rows of a label and a text beside it, wrapped. */
export function rowLines(rows: readonly Row[], options: TerminalOptions): readonly string[] {
  return rows.flatMap(([label, text]) =>
    beside(paint(options.colour, 'bold', label.padEnd(LABEL)), LABEL, printable(text, 600), options),
  );
}

/** A file's path as a person types it: from the project, or from home. */
export function shownPath(file: string, root: string): string {
  const inside = path.relative(root, file);
  if (!inside.startsWith('..') && !path.isAbsolute(inside)) return inside;
  const fromHome = path.relative(homedir(), file);
  return fromHome.startsWith('..') || path.isAbsolute(fromHome) ? file : path.join('~', fromHome);
}

/** What becomes of a file: its state, and what is new in it or differs. */
export function fileLines(file: PlannedFile, root: string, options: TerminalOptions): readonly string[] {
  const state = stateOf(file);
  const shown = printable(shownPath(file.path, root), 300);
  if (state === 'same') return [`same    ${shown}`];
  if (state === 'kept') return [`kept    ${shown}: a scenario that is there is yours`];
  const lines = unifiedDiff(shown, file.before ?? '', file.after)
    .split('\n')
    .slice(2);
  return [
    paint(options.colour, 'bold', `${state.padEnd(LABEL)}${shown}`),
    ...lines
      .filter((line) => file.before !== null || !line.startsWith('@@'))
      .flatMap((line) => diffLine(line, options)),
  ];
}

function diffLine(line: string, { colour, columns }: TerminalOptions): readonly string[] {
  if (line.startsWith('@@')) return [paint(colour, 'dim', `    ${line}`)];
  const sign = line.slice(0, 1);
  const hue = sign === '+' ? 'green' : sign === '-' ? 'red' : 'dim';
  const text = printable(line.slice(1), 1000);
  const indent = /^ */.exec(text)?.[0] ?? '';
  const pieces = wrap(text.trimStart(), columns - 4 - indent.length - 2);
  return pieces.map((piece, at) =>
    paint(colour, hue, `  ${at === 0 ? sign : ' '} ${indent}${at === 0 ? '' : '  '}${piece}`.trimEnd()),
  );
}

/** What the doctor finds wrong, with what to change; what is well is counted only. */
export function doctorLines({ checks }: Examination, options: TerminalOptions): readonly string[] {
  const bad = checks.filter(({ state }) => state === 'not-ok');
  const unknown = checks.filter(({ state }) => state === 'unknown');
  const fine = checks.filter(({ state }) => state === 'ok').length;
  const head =
    bad.length === 0
      ? 'nothing is in the way'
      : `${bad.length} ${bad.length === 1 ? 'thing' : 'things'} in the way`;
  return [
    ...rowLines([['doctor', `${head}; ${fine} ok, ${unknown.length} not known`]], options),
    ...bad.flatMap(({ check, says, change }) => [
      ...beside(
        paint(options.colour, 'red', 'not ok'.padEnd(LABEL)),
        LABEL,
        printable(`${check.what}: ${says}`, 600),
        options,
      ),
      ...change.flatMap((line) => beside(' '.repeat(LABEL), LABEL, `→ ${printable(line, 400)}`, options)),
    ]),
    ...unknown.flatMap(({ check, says }) =>
      beside('unknown '.padEnd(LABEL), LABEL, printable(`${check.what}: ${says}`, 600), options),
    ),
  ];
}

function beside(label: string, width: number, text: string, { columns }: TerminalOptions): readonly string[] {
  return wrap(text, Math.min(columns, 110) - width).map(
    (line, at) => (at === 0 ? label : ' '.repeat(width)) + line,
  );
}
