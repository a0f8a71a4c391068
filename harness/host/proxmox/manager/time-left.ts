import { setTimeout as wait } from 'node:timers/promises';
import type { VerbLimit } from '../vm-manager.ts';

/** Counts down the one deadline that all steps of a verb share. */
export class TimeLeft {
  /** What the verb was given. */
  readonly given: number;
  readonly signal: AbortSignal | undefined;
  readonly #until: number;

  constructor({ seconds, signal }: VerbLimit) {
    this.given = seconds;
    this.signal = signal;
    this.#until = performance.now() + seconds * 1000;
  }

  /** Seconds; 0 when it has passed. */
  get seconds(): number {
    return Math.max(0, (this.#until - performance.now()) / 1000);
  }

  /** The limit of the next step: all that is left. */
  get limit(): VerbLimit {
    return { seconds: this.seconds, signal: this.signal };
  }

  /** Waits, though never beyond the deadline. @throws the signal's reason */
  async pause(seconds: number): Promise<void> {
    const { signal } = this;
    try {
      await wait(Math.min(seconds, this.seconds) * 1000, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  }
}
