import { watch } from 'node:fs';
import { LAB } from '../places.ts';
import { type JournalEntry, readJournal } from './journal.ts';

/** Hands on what the journal gets from its `from`th line on, until the process is ended. */
export async function followJournal(
  from: number,
  take: (entry: JournalEntry, line: number) => void,
): Promise<never> {
  let next = from;
  const look = (): void => {
    for (const entry of readJournal(next)) take(entry, next++);
  };
  watch(LAB.journal, look);
  look();
  return new Promise<never>(() => undefined);
}
