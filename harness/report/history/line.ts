import * as z from 'zod/mini';
import { ExpectationSchema } from '../../trace/header.ts';
import {
  BOOT_KINDS,
  CHECKS,
  CONFIDENCES,
  EVIDENCE_CLASSES,
  PLATFORMS,
  SEVERITIES,
  VERDICTS,
} from '../../trace/words.ts';

/** Counts the versions of a history line. A line of a later one is skipped and named. */
export const HISTORY_SCHEMA = 1;

/** Longest line in bytes of UTF-8, its newline included. */
export const LINE_BYTES = 2_000;

const text = z.string();
const name = z.string().check(z.minLength(1));
const count = z.int().check(z.gte(0));
const digest = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** What history keeps of one run: one line of `reports/results/<host>/<yyyy-mm>.jsonl`, all that the matrix needs. */
export const HistoryLineSchema = z.strictObject({
  schema: z.literal(HISTORY_SCHEMA),
  run: name,
  /** SHA-256 of the trace's `trace.json`: the evidence that this line was computed from. */
  trace: digest,
  /** Version of code43 that recorded the trace, and of the rules that judged it. */
  tool: text,
  rules: name,
  /** ISO 8601 UTC; null where nobody knows, as of what a reporter said. */
  started: z.nullable(z.iso.datetime()),
  attempt: z.int(),
  cell: name,
  name: text,
  axes: z.record(text, text),
  /** Digest of what makes two runs runs of the same thing. */
  identity: name,
  evidenceClass: z.enum(EVIDENCE_CLASSES),
  verdict: z.enum(VERDICTS),
  by: z.enum(['observation', 'statement']),
  expect: z.nullable(ExpectationSchema),
  asExpected: z.nullable(z.boolean()),
  host: z.strictObject({
    name: text,
    platform: z.enum(PLATFORMS),
    passthrough: z.nullable(z.enum(['vfio-pci', 'emulated'])),
    igpu: z.strictObject({ id: text, address: text }),
    facts: z.record(text, text),
  }),
  guest: z.strictObject({
    name: text,
    build: z.nullable(text),
    /** The driver that the guest said runs the device: its service and version; null where none was seen. */
    driver: z.nullable(text),
  }),
  /** Null: nobody knows whether a ROM was given. `ref: none`: none was. */
  rom: z.nullable(z.strictObject({ ref: text, sha256: z.nullable(text) })),
  /** A boot each: kind asked for, kind observed, verdict, samples taken. */
  boots: z.array(z.tuple([z.enum(BOOT_KINDS), z.nullable(z.enum(BOOT_KINDS)), z.enum(VERDICTS), count])),
  /** A check that is in neither list was not observed. */
  checks: z.strictObject({ yes: z.array(z.enum(CHECKS)), no: z.array(z.enum(CHECKS)) }),
  /** The first ones in order of rank. */
  findings: z.array(
    z.strictObject({
      id: text,
      severity: z.enum(SEVERITIES),
      confidence: z.enum(CONFIDENCES),
      title: text,
    }),
  ),
  /** How many more there are than this line has room for; the trace has them all. */
  omitted: z.strictObject({ boots: count, findings: count, axes: count, facts: count }),
});

/** One line of history. */
export type HistoryLine = z.infer<typeof HistoryLineSchema>;

/** The same of a run that may not have ended: such a run has no digest, and no line. */
export type RunRecord = Omit<HistoryLine, 'trace'> & { trace: string | null };
