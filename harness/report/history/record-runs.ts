import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../../wire/atomic-file.ts';
import { withLock } from '../../wire/lock.ts';
import { encodeLine } from './encode.ts';
import { readHistory, type History, type StoredLine } from './history.ts';
import { judgementsByRun, type Judgements } from './judgements.ts';
import { HistoryLineSchema, type HistoryLine, type RunRecord } from './line.ts';
import { placeOf } from './place.ts';
import { compareRules } from './rules-order.ts';

/** A run that is to get a line, and the host whose folder it goes to. */
export interface Candidate {
  readonly record: RunRecord;
  readonly host: string;
}

export interface Recorded {
  readonly added: readonly { readonly file: string; readonly line: HistoryLine }[];
  /** Runs that have a line already. */
  readonly known: readonly { readonly line: HistoryLine; readonly byOlderRules: boolean }[];
  readonly refused: readonly { readonly run: string; readonly why: string }[];
}

export interface RecordOptions {
  /** Whether a run that has a line gets another one when its rules are newer. */
  readonly again: boolean;
  readonly signal?: AbortSignal;
  readonly onWait?: (holder: string) => void;
}

/** Seconds to wait for another process that records. */
const WAIT = 60;

/**
 * Adds a line for every run that has none yet to the files below `folder`. No line that is there is ever changed or
 * taken away; each file is replaced as a whole, so that whoever is killed leaves the old one; and one process records
 * at a time. Doing it twice adds nothing.
 *
 * @throws LockHeld, LockFailed, or the file system's error
 */
export async function recordRuns(
  folder: string,
  candidates: readonly Candidate[],
  options: RecordOptions,
): Promise<Recorded> {
  const { signal, onWait } = options;
  const lock = {
    purpose: 'records history',
    wait: WAIT,
    ...(signal && { signal }),
    ...(onWait && { onWait }),
  };
  return withLock(join(folder, '.lock'), lock, async () => {
    await sweep(folder);
    const history = await readHistory(folder);
    const recorded = choose(candidates, history, options.again);
    for (const [file, lines] of byFile(recorded.added)) await extend(folder, file, history, lines);
    return recorded;
  });
}

/** Drafts of a process that was killed while it wrote; under the lock nobody else writes one. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true }))
    if (/\.jsonl\.[0-9a-f-]{36}\.tmp$/.test(name)) await rm(join(folder, name));
}

type Choice = { -readonly [Part in keyof Recorded]: Recorded[Part][number][] };

function choose(candidates: readonly Candidate[], history: History, again: boolean): Recorded {
  const known = new Map(judgementsByRun(history.lines.map(({ line }) => line)));
  const choice: Choice = { added: [], known: [], refused: [] };
  for (const { record, host } of candidates) {
    const before = known.get(record.run);
    const why = refusal(record, before);
    if (why !== null) {
      choice.refused.push({ run: record.run, why });
      continue;
    }
    // The line is what it will be read as: this also holds it to the schema before it is written.
    const line = HistoryLineSchema.parse(JSON.parse(encodeLine(record as HistoryLine)));
    const order = before === undefined ? 1 : compareRules(record.rules, before.standing.rules);
    if (before !== undefined && (order <= 0 || !again)) {
      choice.known.push({ line: before.standing, byOlderRules: order > 0 });
      continue;
    }
    known.set(line.run, {
      standing: line,
      earlier: before === undefined ? [] : [before.standing, ...before.earlier],
    });
    choice.added.push({ file: placeOf(host, line), line });
  }
  return choice;
}

function refusal({ run, trace }: RunRecord, before: Judgements | undefined): string | null {
  if (trace === null) return 'the run never ended: its trace has no digest to be found by';
  if (before !== undefined && before.standing.trace !== trace) {
    return `run ${run} is recorded with another trace, ${before.standing.trace.slice(0, 12)}…: a run has one trace`;
  }
  return null;
}

function byFile(added: Recorded['added']): ReadonlyMap<string, readonly HistoryLine[]> {
  const files = new Map<string, HistoryLine[]>();
  for (const { file, line } of added) files.set(file, [...(files.get(file) ?? []), line]);
  return files;
}

/** Writes the file with these lines in it, in order of time. */
async function extend(
  folder: string,
  file: string,
  history: History,
  lines: readonly HistoryLine[],
): Promise<void> {
  const path = join(folder, file);
  const fresh = lines.map((line): StoredLine => ({ file, line, text: encodeLine(line).trimEnd() }));
  const textOf = (all: readonly StoredLine[]): string =>
    all
      .toSorted(inTime)
      .map(({ text }) => `${text}\n`)
      .join('');
  // Lines that this version cannot read stay where they are, byte for byte; then there is no order to keep.
  if (history.problems.some((problem) => problem.file === file)) {
    const old = await readFile(path);
    const joint = old.at(-1) === 10 ? '' : '\n';
    await writeAtomically(path, Buffer.concat([old, Buffer.from(joint + textOf(fresh))]));
    return;
  }
  await writeAtomically(path, textOf([...history.lines.filter((stored) => stored.file === file), ...fresh]));
}

/** By time, then by what tells lines apart, compared by code units: the same order on every machine. */
function inTime(a: StoredLine, b: StoredLine): number {
  const key = ({ line }: StoredLine): readonly string[] => [line.started ?? '', line.run, line.trace];
  const [left, right] = [key(a), key(b)];
  const at = left.findIndex((value, index) => value !== right[index]);
  if (at < 0) return compareRules(a.line.rules, b.line.rules);
  return (left[at] ?? '') < (right[at] ?? '') ? -1 : 1;
}
