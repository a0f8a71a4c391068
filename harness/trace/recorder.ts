import { closeSync, fsyncSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ANSWER_CAP, CHANNEL_BYTES, CHANNEL_CAPS, FALLBACK_CAP, LINE_CAP } from './caps.ts';
import type { Observation, TraceEvent } from './event.ts';
import type { Recording, TraceHeader } from './header.ts';
import { createRedactor } from './redact.ts';
import { redactDescribed } from './redact/redact-header.ts';
import { ObservationRedactor } from './redact/redact-observation.ts';
import type { Channel } from './words.ts';

export type OpenHeader = Omit<TraceHeader, 'events' | 'recordings' | 'redacted'>;

/** A trace could not be written; the run must stop, since what is not recorded did not happen. */
export class RecorderError extends Error {
  constructor(directory: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`cannot write the trace in ${directory}: ${reason}. Free some space or choose another place.`, {
      cause,
    });
    this.name = 'RecorderError';
  }
}

/**
 * Writes a trace while it happens: one line an event, at once, so that a killed harness loses nothing it saw.
 * Numbers, times, bounds and redacts every observation, and hands the event it wrote to `onEvent`.
 */
export class Recorder {
  readonly directory: string;
  readonly #header: OpenHeader;
  readonly #clock: () => number;
  readonly #onEvent: (event: TraceEvent) => void;
  readonly #onFailure: (error: RecorderError) => void;
  readonly #redactor;
  readonly #observations;
  readonly #file: number;
  readonly #hash = createHash('sha256');
  readonly #kept = new Map<Channel, number>();
  readonly #keptBytes = new Map<Channel, number>();
  readonly #dropped = new Map<Channel, number>();
  #count = 0;
  #bytes = 0;
  #closed = false;
  #failure: RecorderError | null = null;

  /**
   * @param clock seconds since the run began
   * @param names host and user names that must not be recorded
   * @param onFailure called once when an event cannot be written; nothing is recorded from then on, and `close` throws
   * @throws RecorderError when the directory exists already or cannot be written
   */
  constructor(
    directory: string,
    header: OpenHeader,
    options: {
      clock: () => number;
      names: readonly string[];
      onEvent: (event: TraceEvent) => void;
      onFailure: (error: RecorderError) => void;
    },
  ) {
    this.directory = directory;
    this.#clock = options.clock;
    this.#onEvent = options.onEvent;
    this.#onFailure = options.onFailure;
    this.#redactor = createRedactor(options.names);
    this.#observations = new ObservationRedactor(this.#redactor);
    this.#header = redactDescribed(header, this.#redactor);
    this.#file = this.#guard(() => {
      mkdirSync(directory, { recursive: true });
      this.#writeHeader(null);
      return openSync(join(directory, 'events.jsonl'), 'wx');
    });
  }

  /** Never throws: it is called from wherever something is observed. */
  record(observation: Observation, t: number = this.#clock()): void {
    if (this.#closed || this.#failure !== null) return;
    const kept = this.#kept.get(observation.ch) ?? 0;
    const bytes = this.#keptBytes.get(observation.ch) ?? 0;
    if (kept >= CHANNEL_CAPS[observation.ch] || bytes >= CHANNEL_BYTES[observation.ch]) {
      this.#drop(observation.ch);
      return;
    }
    this.#kept.set(observation.ch, kept + 1);
    this.#write(observation, t);
  }

  /** A text as this trace would keep it. Its length stays. */
  redact(text: string): string {
    return this.#redactor.text(text);
  }

  /**
   * Completes `trace.json` with the digests of the events and of what lies beside them. Nothing can be recorded
   * afterwards.
   *
   * @throws RecorderError when anything of the trace could not be written
   */
  close(recordings: readonly Recording[] = []): void {
    if (this.#closed) return;
    for (const [of, count] of this.#dropped) this.#writeDropped(of, count);
    this.#closed = true;
    this.#guard(() => {
      if (this.#failure === null) fsyncSync(this.#file);
      closeSync(this.#file);
      if (this.#failure !== null) throw this.#failure;
      const events = { count: this.#count, bytes: this.#bytes, sha256: this.#hash.digest('hex') };
      this.#writeHeader(events, recordings);
    });
  }

  #drop(ch: Channel): void {
    const count = (this.#dropped.get(ch) ?? 0) + 1;
    this.#dropped.set(ch, count);
    // Said at 1, 10, 100 …: soon enough to be seen in its boot, and bounded.
    if (Number.isInteger(Math.log10(count))) this.#writeDropped(ch, count);
  }

  #writeDropped(of: Channel, count: number): void {
    this.#write({ ch: 'note', kind: 'dropped', of, count }, this.#clock());
  }

  #write(observation: Observation, t: number): void {
    const cap = textCap(observation);
    const clean = bound(this.#observations.redact(observation), cap) as Observation;
    const event: TraceEvent = { n: this.#count + 1, t: Math.round(t * 1000) / 1000, ...clean };
    const line = `${JSON.stringify(event)}\n`;
    try {
      writeWhole(this.#file, line);
    } catch (cause) {
      this.#failure = new RecorderError(this.directory, cause);
      this.#onFailure(this.#failure);
      return;
    }
    const size = Buffer.byteLength(line);
    this.#hash.update(line);
    this.#count += 1;
    this.#bytes += size;
    this.#keptBytes.set(event.ch, (this.#keptBytes.get(event.ch) ?? 0) + size);
    this.#onEvent(event);
  }

  #writeHeader(events: TraceHeader['events'], recordings: readonly Recording[] = []): void {
    const beside = recordings.length === 0 ? {} : { recordings: [...recordings] };
    const header: TraceHeader = { ...this.#header, ...beside, events };
    writeFileSync(join(this.directory, 'trace.json'), `${JSON.stringify(header, null, 2)}\n`);
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      throw cause instanceof RecorderError ? cause : new RecorderError(this.directory, cause);
    }
  }
}

function textCap(observation: Observation): number {
  if (observation.ch !== 'agent') return LINE_CAP;
  if (observation.kind === 'probe') return ANSWER_CAP;
  return observation.kind === 'fallback' ? FALLBACK_CAP : LINE_CAP;
}

/** A disk that is nearly full takes a part of a line and says so only by the count. */
function writeWhole(file: number, line: string): void {
  const bytes = Buffer.from(line);
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

function bound(value: unknown, cap: number): unknown {
  if (typeof value === 'string') return value.length > cap ? `${value.slice(0, cap)}…` : value;
  if (Array.isArray(value)) return value.slice(0, 500).map((inner) => bound(inner, cap));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .slice(0, 200)
        .map(([key, inner]) => [key.slice(0, 200), bound(inner, cap)]),
    );
  }
  return value;
}
