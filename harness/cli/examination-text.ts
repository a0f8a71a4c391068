import type { CheckState } from '../collect/check.ts';
import type { Examination, Looked, Readiness } from '../collect/doctor.ts';
import { indented } from '../report/terminal/finding.ts';
import { paint, type TerminalOptions } from '../report/terminal/paint.ts';
import { printable } from '../text/printable.ts';

const WORDS: Readonly<Record<CheckState, string>> = {
  ok: 'ok',
  'not-ok': 'not ok',
  unknown: 'not known',
  'not-asked': '–',
};
const HUES = { ok: 'green', 'not-ok': 'red', unknown: 'magenta', 'not-asked': 'dim' } as const;
const HEADLINES: Readonly<Record<Readiness, string>> = {
  ready: 'This host is ready.',
  'not-ready': 'This host is not ready.',
  unknown: 'Whether this host is ready is not known.',
};
const WORD_WIDTH = 11;

/** A host's examination as a person reads it on a terminal. */
export function examinationText(examination: Examination, options: TerminalOptions): string {
  const { checks, readiness, vmid, vmFound } = examination;
  const about = vmid === null ? `No VM was looked at: ${vmFound}.` : `VM ${vmid}: ${vmFound}.`;
  const lines = [
    paint(options.colour, 'bold', HEADLINES[readiness]),
    ...indented(printable(about, 300), 0, options),
    '',
    ...checks.flatMap((looked) => checkLines(looked, options)),
  ];
  return `${lines.join('\n')}\n`;
}

function checkLines(
  { check, state, says, proof, change }: Looked,
  options: TerminalOptions,
): readonly string[] {
  const word = paint(options.colour, HUES[state], WORDS[state].padEnd(WORD_WIDTH));
  const [first = '', ...rest] = indented(printable(`${check.what}: ${says}`, 600), WORD_WIDTH, options);
  return [
    `${word}${first.slice(WORD_WIDTH)}`,
    ...rest,
    ...proof.flatMap((line) => indented(`| ${printable(line, 200)}`, WORD_WIDTH, options)),
    ...change.flatMap((line) => indented(`→ ${printable(line, 400)}`, WORD_WIDTH, options)),
  ];
}
