import type { Channel } from './words.ts';

/** How many events of a channel one trace keeps; what comes after is counted in a `dropped` note. */
export const CHANNEL_CAPS: Readonly<Record<Channel, number>> = {
  note: 2_000,
  exec: 2_000,
  qmp: 5_000,
  agent: 10_000,
  serial: 20_000,
  kernel: 20_000,
  statement: 100,
};

/** Longest text kept in one event, in UTF-16 units, but for a probe's answer, which states its own length. */
export const LINE_CAP = 4_096;
export const ANSWER_CAP = 1_048_576;

/** Largest `events.jsonl` and `trace.json` that the reader accepts, in characters. */
export const EVENTS_CAP = 64 * 1_048_576;
export const HEADER_CAP = 1_048_576;

/** Largest recording of a console that is made or read, in bytes. */
export const RECORDING_CAP = 16 * 1_048_576;
