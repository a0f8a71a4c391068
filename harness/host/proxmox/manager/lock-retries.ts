import { refusalReason } from '../refusal-reasons.ts';
import { TimeLeft } from './time-left.ts';
import type { VerbLimit } from '../vm-manager.ts';

/** One try that came to nothing and is made again. */
export interface Retry {
  /** `qm set 110 on root@pve` */
  readonly asked: string;
  /** Why, in the words that came back. */
  readonly words: string;
  /** How many tries there have been. */
  readonly tries: number;
  readonly secondsLeft: number;
}

export type OnRetry = (retry: Retry) => void;

/** Seconds that Proxmox VE itself waits for the lock of a VM's config (k01, k02): a shorter try would be cut off. */
export const LOCK_WAIT = 10;
/** Seconds between two tries: first, longest. */
const PAUSE = 0.25;
const LONGEST_PAUSE = 2;

/**
 * Makes tries until one does not fail for the config's lock, or too little time is left for another. After a VM has
 * stopped, the node's own clean-up may hold that lock for up to 30 s (k32, k34).
 *
 * @param attempt one try, with the time that is left
 * @param wordsOf what a try's outcome says of why it failed; null: it did not
 * @returns the outcome of the last try
 */
export async function untilUnlocked<T>(
  asked: string,
  limit: VerbLimit,
  onRetry: OnRetry | undefined,
  attempt: (left: TimeLeft) => Promise<T>,
  wordsOf: (outcome: T) => string | null,
): Promise<T> {
  const left = new TimeLeft(limit);
  for (let tries = 1, pause = PAUSE; ; tries++, pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    const outcome = await attempt(left);
    const words = wordsOf(outcome);
    if (words === null || refusalReason(words) !== 'lock-timeout' || left.seconds <= pause + LOCK_WAIT)
      return outcome;
    onRetry?.({ asked, words, tries, secondsLeft: left.seconds });
    await left.pause(pause);
  }
}
