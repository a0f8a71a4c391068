import { bytes } from './clip.ts';
import { HISTORY_SCHEMA, HistoryLineSchema, LINE_BYTES, type HistoryLine } from './line.ts';

/** What a line of a history file is: a run, or why it is none for this version. */
export type Decoded = { readonly line: HistoryLine } | Unreadable;

/** `newer`: written by a later code43, to be left alone; `damaged`: no line of any version. */
export interface Unreadable {
  readonly unreadable: 'newer' | 'damaged';
  readonly why: string;
}

/** Reads one line, given without its newline, and holds it to the schema. Never throws. */
export function decodeLine(text: string): Decoded {
  if (text.length >= LINE_BYTES || bytes(text) >= LINE_BYTES)
    return damaged(`is longer than ${LINE_BYTES} bytes`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return damaged('is not JSON');
  }
  const schema = schemaOf(value);
  if (schema !== null && schema > HISTORY_SCHEMA) {
    return { unreadable: 'newer', why: `is of schema ${schema}; this code43 reads up to ${HISTORY_SCHEMA}` };
  }
  const parsed = HistoryLineSchema.safeParse(value);
  if (parsed.success) return { line: parsed.data };
  const [issue] = parsed.error.issues;
  const place = issue === undefined ? '' : issue.path.map(String).join('.');
  return damaged(
    `is no history line of schema 1 (${place === '' ? '' : `${place}: `}${issue?.message ?? ''})`,
  );
}

function schemaOf(value: unknown): number | null {
  if (typeof value !== 'object' || value === null || !('schema' in value)) return null;
  return typeof value.schema === 'number' && Number.isSafeInteger(value.schema) ? value.schema : null;
}

function damaged(why: string): Unreadable {
  return { unreadable: 'damaged', why };
}
