import * as z from 'zod/mini';
import { refuse, unframe } from './frame.ts';
import type { Refusal } from './reading.ts';

/** Text that a probe has cut itself: anything longer did not come from it. */
export const text = z.string().check(z.maxLength(1000));

const MAX_ITEMS = 500;

/** PowerShell 5.1 prints an array as itself, as its only element, or as `{"value": […], "Count": n}`. */
function asList(value: unknown): unknown {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && 'value' in value && 'Count' in value) return asList(value.value);
  return [value];
}

/** A list of at most 500 of `item`, however PowerShell wrote it; absent or null is the empty list. */
export function list<T extends z.ZodMiniType>(item: T) {
  return z.pipe(z.transform(asList), z.array(item).check(z.maxLength(MAX_ITEMS)));
}

const Envelope = z.object({ schema: z.literal(1), nonce: z.string() });

/**
 * Reads one probe's answer: the frame, then whether it answers this nonce, then its schema.
 * Never throws.
 */
export function readDocument<T extends z.ZodMiniType>(
  out: string,
  nonce: string,
  schema: T,
): { readonly answer: z.output<T> } | Refusal {
  const framed = unframe(out);
  if ('refused' in framed) return framed;
  const envelope = Envelope.safeParse(framed.document);
  if (!envelope.success) return refuse('broken', 'the answer is not a document of schema 1 with a nonce');
  if (envelope.data.nonce !== nonce) return refuse('stale', 'the answer belongs to another question');
  const parsed = schema.safeParse(framed.document);
  if (parsed.success) return { answer: parsed.data };
  const issue = parsed.error.issues[0];
  return refuse('broken', `the answer's ${issue?.path.join('.') ?? ''} is not what the contract says`);
}
