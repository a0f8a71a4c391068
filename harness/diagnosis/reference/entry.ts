import type { FindingId } from '../finding-id.ts';

/** What one finding means, for the person who got it. Sentences of plain text; `code` between backticks. */
export interface Entry {
  /** One line, without the particulars of a case. */
  readonly title: string;
  /** What is wrong and what comes of it, in two to four sentences. */
  readonly meaning: string;
  /** What has to be seen so that it is sure, and what does not suffice. */
  readonly evidence: string;
  /** What it is often taken for, or what is taken for it; null where nobody was seen to. */
  readonly confusedWith: string | null;
  /** What helps; null where nothing has to be done. */
  readonly fix: string | null;
  /** Where this is known from: source files, documents, reports. At least one. */
  readonly sources: readonly [string, ...string[]];
}

/** Entries of all ids with a prefix: one that is missing, or too many, does not compile. */
export type EntriesOf<Prefix extends string> = {
  readonly [Id in Extract<FindingId, `${Prefix}.${string}`>]: Entry;
};
