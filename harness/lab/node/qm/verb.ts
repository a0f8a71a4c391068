import type { Io } from '../io.ts';
import type { Given, Usage } from '../options.ts';

/** One verb of `qm`. */
export interface Verb extends Omit<Usage, 'line'> {
  /** What follows the verb in its line of use: `<vmid> [OPTIONS]`. */
  readonly use: string;
  /** Titles of the transcripts that its answers are taken from; `NOT_OBSERVED` where none has them. */
  readonly from: readonly string[];
  /** Returns the exit code. What it throws is printed by the caller. */
  readonly run: (given: Given, io: Io) => Promise<number> | number;
}

/** The number that stands as the first word. */
export function vmidOf({ words }: Given): number {
  return Number(words[0]);
}
