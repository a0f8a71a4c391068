import { refuse, unframe } from './frame.ts';
import type { Refusal } from './reading.ts';
import { shapedAs, type Shape } from './shape.ts';

/**
 * Reads one probe's answer: the frame, then whether it answers this nonce, then its shape.
 * Never throws.
 */
export function readDocument<T>(
  out: string,
  nonce: string,
  shape: Shape<T>,
): { readonly answer: T } | Refusal {
  const framed = unframe(out);
  if ('refused' in framed) return framed;
  const said = nonceOf(framed.document);
  if (said === null) return refuse('broken', 'the answer is not a document of schema 1 with a nonce');
  if (said !== nonce) return refuse('stale', 'the answer belongs to another question');
  const shaped = shapedAs(shape, framed.document);
  if ('value' in shaped) return { answer: shaped.value };
  return refuse('broken', `the answer's ${shaped.not} is not what the contract says`);
}

function nonceOf(document: unknown): string | null {
  if (typeof document !== 'object' || document === null) return null;
  if (!('schema' in document && document.schema === 1 && 'nonce' in document)) return null;
  return typeof document.nonce === 'string' ? document.nonce : null;
}
