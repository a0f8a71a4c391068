import { printable } from '../text/printable.ts';

/** Something wrong in a file that a person wrote: where, what, and what to do. Lines and columns count from 1. */
export interface SourceProblem {
  /** Path as a person would type it, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Quotes the offending value and says what was expected. */
  readonly message: string;
  /** What to try next, such as `did you mean "guest"?`; null where there is nothing to add. */
  readonly hint: string | null;
}

/** A problem of a file as a whole: line 1 where there is no better place. */
export function fileProblem(file: string, message: string, hint: string | null = null): SourceProblem {
  return { file, line: 1, column: 1, message, hint };
}

const LONGEST_QUOTE = 60;

/** A value as it can stand in a message: short, on one line, without anything a terminal would obey. */
export function quote(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return `a ${typeof value}`;
  const short = value.length > LONGEST_QUOTE ? `${value.slice(0, LONGEST_QUOTE)}…` : value;
  return printable(JSON.stringify(short));
}
