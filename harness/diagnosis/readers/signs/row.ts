import type { Said } from '../reading.ts';

/** One way to tell of something: a line in lower case, as it stands or with the words of other languages in English. */
export interface SignRow {
  /** All of them must be found. */
  readonly when: readonly RegExp[];
  /** Turns it round, or makes it another thing. */
  readonly unless?: RegExp;
  /** Counts only where virtual functions are spoken of. */
  readonly vfs?: boolean;
  /** What it says; may look at the line and at all of the text. */
  readonly says: readonly Said[] | ((line: string, all: string) => readonly Said[]);
}
