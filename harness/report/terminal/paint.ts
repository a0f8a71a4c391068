import type { Severity, Verdict } from '../../trace/words.ts';

/** How wide to write, and whether escape codes and symbols may be used (a terminal with colour). */
export interface TerminalOptions {
  readonly columns: number;
  readonly colour: boolean;
}

type Hue = 'red' | 'green' | 'yellow' | 'magenta' | 'dim' | 'bold';
// SGR codes to begin and to end each, ECMA-48.
const CODES: Readonly<Record<Hue, readonly [number, number]>> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  magenta: [35, 39],
  dim: [2, 22],
  bold: [1, 22],
};

const VERDICT_HUES: Readonly<Record<Verdict, Hue>> = {
  pass: 'green',
  fail: 'red',
  error: 'yellow',
  inconclusive: 'magenta',
  skip: 'dim',
};
const MARKS: Readonly<Record<Verdict, string>> = {
  pass: '✔',
  fail: '✘',
  error: '!',
  inconclusive: '?',
  skip: '–',
};

const SEVERITY_HUES: Readonly<Record<Severity, Hue>> = {
  cause: 'red',
  contributing: 'yellow',
  warning: 'yellow',
  info: 'dim',
  harmless: 'dim',
};

/** Colours a text, or leaves it alone where there is no colour. The text must be `printable` already. */
export function paint(colour: boolean, hue: Hue, text: string): string {
  const [begin, end] = CODES[hue];
  return colour ? `\u001b[${begin}m${text}\u001b[${end}m` : text;
}

/** The verdict's word is always there; the mark before it only where there is colour. */
export function paintVerdict(colour: boolean, verdict: Verdict, text: string = verdict): string {
  return paint(colour, VERDICT_HUES[verdict], text);
}

export function verdictMark(colour: boolean, verdict: Verdict): string {
  return colour ? `${paintVerdict(colour, verdict, MARKS[verdict])} ` : '';
}

export function paintSeverity(colour: boolean, severity: Severity): string {
  return paint(colour, SEVERITY_HUES[severity], severity);
}
