import { EVENTS_CAP, HEADER_CAP } from './caps.ts';
import { digest } from './digest.ts';
import { TraceEventSchema, type TraceEvent } from './event.ts';
import { TraceHeaderSchema, type TraceHeader } from './header.ts';

export interface Trace {
  readonly header: TraceHeader;
  readonly events: readonly TraceEvent[];
  /** SHA-256 of `trace.json`, which names the digest of `events.jsonl`; null for a run that never ended. */
  readonly digest: string | null;
}

/** The files of a trace, as they are written. */
export interface TraceFiles {
  readonly headerText: string;
  readonly eventsText: string;
  /** Recordings beside it, by file name; one that is missing is left out. */
  readonly recordings: ReadonlyMap<string, string>;
}

/** A trace that cannot be trusted. `line` counts from 1 within the file named by `part`. */
export class TraceError extends Error {
  readonly part: 'trace.json' | 'events.jsonl';
  readonly line: number;
  constructor(part: 'trace.json' | 'events.jsonl', line: number, what: string, options?: ErrorOptions) {
    super(`${part}:${line}: ${what}`, options);
    this.name = 'TraceError';
    this.part = part;
    this.line = line;
  }
}

/**
 * Reads the two files of a trace and holds them to the schema, the numbering, the sizes and the digest.
 * A run that was cut off (header without `events`) is read as far as its last whole line.
 *
 * @throws TraceError naming the file, the line and what was expected there.
 */
export function readTrace(headerText: string, eventsText: string): Trace {
  const header = readHeader(headerText);
  if (eventsText.length > EVENTS_CAP) throw new TraceError('events.jsonl', 1, 'is larger than 64 MiB');
  if (header.events !== null && digest(eventsText) !== header.events.sha256) {
    throw new TraceError(
      'events.jsonl',
      1,
      `does not have the digest that trace.json states (${header.events.sha256})`,
    );
  }
  const lines = eventsText.split('\n');
  const partial = lines.pop();
  if (partial !== '' && header.events !== null) {
    throw new TraceError('events.jsonl', lines.length + 1, 'the last line is cut off');
  }
  const events = lines.map((line, index) => readEvent(line, index + 1));
  if (header.events !== null && header.events.count !== events.length) {
    throw new TraceError('events.jsonl', events.length, `trace.json states ${header.events.count} events`);
  }
  return { header, events, digest: header.events === null ? null : digest(headerText) };
}

/**
 * Reads `trace.json` alone.
 *
 * @throws TraceError
 */
export function readHeader(text: string): TraceHeader {
  if (text.length > HEADER_CAP) throw new TraceError('trace.json', 1, 'is larger than 1 MiB');
  const parsed = TraceHeaderSchema.safeParse(parseJson(text, 'trace.json', 1));
  if (!parsed.success) throw new TraceError('trace.json', 1, describeIssue(parsed.error.issues));
  return parsed.data;
}

function readEvent(line: string, n: number): TraceEvent {
  const parsed = TraceEventSchema.safeParse(parseJson(line, 'events.jsonl', n));
  if (!parsed.success) {
    throw new TraceError(
      'events.jsonl',
      n,
      `is no event of schema 1 (${describeIssue(parsed.error.issues)})`,
    );
  }
  if (parsed.data.n !== n) {
    throw new TraceError('events.jsonl', n, `expected event ${n}, found event ${parsed.data.n}`);
  }
  return parsed.data;
}

function parseJson(text: string, part: TraceError['part'], line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TraceError(part, line, 'is not JSON', { cause });
  }
}

function describeIssue(issues: readonly { path: PropertyKey[]; message: string }[]): string {
  const first = issues[0];
  if (first === undefined) return 'does not fit the schema';
  const path = first.path.map(String).join('.');
  return path === '' ? first.message : `${path}: ${first.message}`;
}
