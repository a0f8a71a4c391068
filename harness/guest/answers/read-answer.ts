import type { Probe } from '../../trace/words.ts';
import { readLinuxAnswer } from './linux.ts';
import type { GuestReading, Refusal } from './reading.ts';
import { readWindowsAnswer } from './windows.ts';

const READERS = { windows: readWindowsAnswer, linux: readLinuxAnswer } as const satisfies Record<
  Probe,
  unknown
>;

/**
 * Reads the answer of a guest probe. Pure; never throws.
 *
 * @param out stdout of the probe, one character a byte
 * @param nonce the one the probe was asked with
 */
export function readAnswer(probe: Probe, out: string, nonce: string): GuestReading | Refusal {
  return READERS[probe](out, nonce);
}
