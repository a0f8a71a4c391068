import type { Observation } from '../trace/event.ts';

/** Events of one name that are kept within `WINDOW` seconds; SeaBIOS under TCG resets up to 10 times in half a second. */
const KEPT = 20;
const WINDOW = 1;

interface Burst {
  readonly since: number;
  kept: number;
  skipped: number;
}

/**
 * Keeps QEMU's events from filling a trace: a guest that triple-faults makes thousands of RESET a second. Of one name
 * the first 20 in a second are recorded, the rest counted and recorded as one `repeated` when the second is over.
 */
export class EventLimiter {
  readonly #record: (seen: Observation) => void;
  readonly #clock: () => number;
  readonly #bursts = new Map<string, Burst>();
  #timer: NodeJS.Timeout | null = null;

  /** @param clock seconds, never going backwards */
  constructor(record: (seen: Observation) => void, clock: () => number = () => performance.now() / 1000) {
    this.#record = record;
    this.#clock = clock;
  }

  take(event: string, data: unknown): void {
    this.#tellOver();
    const burst = this.#bursts.get(event) ?? { since: this.#clock(), kept: 0, skipped: 0 };
    this.#bursts.set(event, burst);
    if (burst.kept < KEPT) {
      burst.kept += 1;
      this.#record({ ch: 'qmp', kind: 'event', event, data });
      return;
    }
    burst.skipped += 1;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#tellOver();
    }, WINDOW * 1000).unref();
  }

  /** Tells what is still only counted; nothing comes after it. */
  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const [event, burst] of this.#bursts) this.#tell(event, burst);
    this.#bursts.clear();
  }

  /** Tells and forgets the bursts whose second is over. */
  #tellOver(): void {
    for (const [event, burst] of this.#bursts) {
      if (this.#clock() - burst.since < WINDOW) continue;
      this.#bursts.delete(event);
      this.#tell(event, burst);
    }
  }

  #tell(event: string, { since, skipped }: Burst): void {
    if (skipped === 0) return;
    const seconds = Math.round((this.#clock() - since) * 1000) / 1000;
    this.#record({ ch: 'qmp', kind: 'repeated', event, count: skipped, seconds });
  }
}
