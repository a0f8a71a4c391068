import { createReadStream, type Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LineSplitter } from '../../wire/lines.ts';
import { decodeLine, type Unreadable } from './decode.ts';
import { LINE_BYTES, type HistoryLine } from './line.ts';

/** One line that was read, with the text it was read from. */
export interface StoredLine {
  /** Path below the folder of all results. */
  readonly file: string;
  readonly text: string;
  readonly line: HistoryLine;
}

/** One line that counts for nothing, and why: `number` counts from 1. */
export interface HistoryProblem {
  readonly file: string;
  readonly number: number;
  readonly kind: Unreadable['unreadable'] | 'duplicate' | 'conflict';
  readonly why: string;
}

export interface History {
  readonly lines: readonly StoredLine[];
  readonly problems: readonly HistoryProblem[];
}

/** A line that is far longer than any can be is told from a whole one, and the rest of it is not held. */
const HELD = 4 * LINE_BYTES;

/** Reads all history below a folder; none where the folder is not there. What counts for nothing is named. */
export async function readHistory(folder: string): Promise<History> {
  const reader = new Reader();
  for (const file of await historyFiles(folder)) {
    let number = 0;
    await eachLine(join(folder, file), (text) => {
      number += 1;
      if (text !== '') reader.take(text, file, number);
    });
  }
  return reader;
}

/** Collects lines, each judgement of a run once, and one trace of each run. */
class Reader implements History {
  readonly lines: StoredLine[] = [];
  readonly problems: HistoryProblem[] = [];
  readonly #judgements = new Map<string, string>();
  readonly #traces = new Map<string, { readonly trace: string; readonly place: string }>();

  take(text: string, file: string, number: number): void {
    const decoded = decodeLine(text);
    if ('unreadable' in decoded) {
      this.problems.push({ file, number, kind: decoded.unreadable, why: decoded.why });
      return;
    }
    const clash = this.#clash(decoded.line, `${file}:${number}`);
    if (clash === null) this.lines.push({ file, text, line: decoded.line });
    else this.problems.push({ file, number, ...clash });
  }

  /** Why a line counts for nothing beside those before it; null where it does count, and then it is remembered. */
  #clash(
    { run, trace, rules }: HistoryLine,
    place: string,
  ): { readonly kind: 'duplicate' | 'conflict'; readonly why: string } | null {
    const known = this.#traces.get(run);
    if (known !== undefined && known.trace !== trace)
      return { kind: 'conflict', why: `names another trace of the run than ${known.place} does` };
    this.#traces.set(run, known ?? { trace, place });
    const key = JSON.stringify([run, rules]);
    const before = this.#judgements.get(key);
    if (before !== undefined)
      return { kind: 'duplicate', why: `says again what ${before} says; it counts once` };
    this.#judgements.set(key, place);
    return null;
  }
}

/** `<host>/<month>.jsonl`, in order of their names; links are not followed. */
async function historyFiles(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const host of await entries(folder)) {
    if (!host.isDirectory()) continue;
    for (const file of await entries(join(folder, host.name)))
      if (file.isFile() && file.name.endsWith('.jsonl')) found.push(`${host.name}/${file.name}`);
  }
  return found.sort();
}

async function entries(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function eachLine(path: string, onLine: (text: string) => void): Promise<void> {
  const splitter = new LineSplitter(HELD, (line) => {
    onLine(line.toString('utf8'));
  });
  try {
    for await (const chunk of createReadStream(path)) splitter.push(chunk as Buffer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  splitter.end();
}
