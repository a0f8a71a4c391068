import type { Channel } from './words.ts';

/** How many events of a channel one trace keeps; what comes after is counted in a `dropped` note. */
export const CHANNEL_CAPS: Readonly<Record<Channel, number>> = {
  note: 2_000,
  exec: 2_000,
  qmp: 5_000,
  agent: 10_000,
  serial: 20_000,
  firmware: 2_000,
  kernel: 20_000,
  statement: 100,
};

/** How many bytes of a channel's lines one trace keeps: together less than a reader accepts (`EVENTS_CAP`). */
export const CHANNEL_BYTES: Readonly<Record<Channel, number>> = {
  note: 2_000_000,
  exec: 4_000_000,
  qmp: 6_000_000,
  agent: 24_000_000,
  serial: 12_000_000,
  firmware: 1_000_000,
  kernel: 12_000_000,
  statement: 1_000_000,
};

/** Longest text kept in one event, in UTF-16 units, but for what a probe or its fall-backs print. */
export const LINE_CAP = 4_096;
export const ANSWER_CAP = 1_048_576;
export const FALLBACK_CAP = 131_072;

/** Largest `events.jsonl` and `trace.json` that the reader accepts, in characters. */
export const EVENTS_CAP = 64 * 1_048_576;
export const HEADER_CAP = 1_048_576;

/** Largest recording of a console that is made or read, in bytes. */
export const RECORDING_CAP = 16 * 1_048_576;
