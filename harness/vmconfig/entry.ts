/** One `key: value` of a VM config. */
export interface ConfigEntry {
  readonly key: string;
  /** Without the white space around it. */
  readonly value: string;
  /** Counted from 1 in the text. */
  readonly line: number;
  /** Of the value's first character, counted from 1. */
  readonly column: number;
}

export interface ConfigProblem {
  readonly line: number;
  readonly column: number;
  readonly key: string | null;
  readonly message: string;
  /** What to do about it. */
  readonly hint: string | null;
}

/** A problem inside an entry's value; `offset` is counted in characters from the value's start. */
export function problemIn(
  entry: ConfigEntry,
  message: string,
  hint: string | null = null,
  offset = 0,
): ConfigProblem {
  return { line: entry.line, column: entry.column + offset, key: entry.key, message, hint };
}
