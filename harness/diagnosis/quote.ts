/** One line of an input, as it was given. */
export interface Quote {
  /** The input's name as the person gave it: a path, `-`, or `archive.zip/file`. */
  readonly input: string;
  /** Counted from 1; 0 where the input has no lines (a ROM). */
  readonly line: number;
  /** At most `QUOTE_CAP` characters, not made printable yet: whoever shows it does that. */
  readonly text: string;
}

export const QUOTE_CAP = 1_000;
