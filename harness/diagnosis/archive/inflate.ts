import { Gunzip, Inflate } from 'fflate';
import type { Budget } from './budget.ts';
import { NotRead } from './budget.ts';

/** Compressed bytes that are given to the decoder at once: what comes out of them is at most a thousand times as much. */
const PIECE = 2_048;

/**
 * Unpacks deflate or gzip in pieces.
 * @param take gets each piece that comes out; it may throw to end it
 * @throws NotRead where the data is damaged or cut, or the budget is spent
 */
export function inflate(
  format: 'deflate' | 'gzip',
  packed: Uint8Array,
  budget: Budget,
  take: (piece: Uint8Array) => void,
): void {
  let failed: { readonly error: unknown } | null = null;
  const ondata = (piece: Uint8Array): void => {
    // Errors of the receiver are not the decoder's.
    try {
      budget.spend(piece.length);
      take(piece);
    } catch (error) {
      failed ??= { error };
      throw error;
    }
  };
  const decoder = format === 'gzip' ? new Gunzip(ondata) : new Inflate(ondata);
  try {
    for (let at = 0; at < packed.length || at === 0; at += PIECE) {
      decoder.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
    }
  } catch (cause) {
    const own = failed as { readonly error: unknown } | null;
    if (own !== null) throw own.error;
    throw new NotRead('its compressed data is damaged or cut off', { cause });
  }
}
