import { EventEmitter, once } from 'node:events';
import type { Next } from '../judge/next.ts';
import { start, step, verdict, whatNext, type JudgeState } from '../judge/judge.ts';
import type { Result } from '../judge/result.ts';
import type { TraceEvent } from '../trace/event.ts';
import type { TraceHeader } from '../trace/header.ts';
import type { PlanEvent } from './plan-event.ts';

/**
 * The judge following a live run: it is fed every event as it is recorded, says what to observe next, and tells
 * the reporters what is going on.
 */
export class Watch {
  readonly #cell: string;
  readonly #clock: () => number;
  readonly #emit: (event: PlanEvent) => void;
  readonly #observed = new EventEmitter();
  #state: JudgeState;
  #count = 0;
  #samples = 0;
  #announced = '';

  constructor(context: TraceHeader, clock: () => number, emit: (event: PlanEvent) => void) {
    this.#cell = context.cell.id;
    this.#clock = clock;
    this.#emit = emit;
    this.#state = start(context);
  }

  feed(event: TraceEvent): void {
    this.#state = step(this.#state, event);
    this.#count += 1;
    this.#tellSample();
    this.#observed.emit('event');
  }

  now(): number {
    return this.#clock();
  }

  /** How many events were recorded so far. */
  count(): number {
    return this.#count;
  }

  next(): Next {
    return whatNext(this.#state, this.now());
  }

  /** The result as it is if nothing more is seen. */
  result(): Result {
    const context = { ...this.#state.context, events: { count: this.#count, bytes: 0, sha256: '' } };
    return verdict({ ...this.#state, context }, null);
  }

  /** Whether the agent of the present boot had answered and has not gone silent. */
  agentAlive(): boolean {
    const boot = this.#state.timeline.boots.at(-1);
    return boot !== undefined && boot.agentUp !== null && boot.exit === null && boot.silences.length === 0;
  }

  /** Tells what is waited for and until when; once, as long as that stays the same. */
  announce(what: string, until: number): void {
    if (what === this.#announced) return;
    this.#announced = what;
    const epoch = Date.now() + Math.max(0, until - this.now()) * 1000;
    this.#emit({ cell: this.#cell, kind: 'wait', what, until: epoch });
  }

  /** Resolves at the next event, or at `until` on the trace's clock. Rejects with the signal's reason. */
  async observationOrUntil(until: number, signal: AbortSignal): Promise<void> {
    const milliseconds = Math.max(0, until - this.now()) * 1000;
    const timeout = new AbortController();
    const timer = setTimeout(() => {
      timeout.abort();
    }, milliseconds);
    try {
      await once(this.#observed, 'event', { signal: AbortSignal.any([signal, timeout.signal]) });
    } catch (error) {
      if (!timeout.signal.aborted) throw error;
    } finally {
      clearTimeout(timer);
    }
    signal.throwIfAborted();
  }

  #tellSample(): void {
    const boots = this.#state.timeline.boots;
    const samples = boots.reduce((sum, boot) => sum + boot.readings.length, 0);
    if (samples === this.#samples) return;
    this.#samples = samples;
    const last = boots.at(-1);
    const state = last?.readings.at(-1)?.words ?? '';
    this.#emit({ cell: this.#cell, kind: 'sample', state, count: last?.readings.length ?? 0 });
  }
}
