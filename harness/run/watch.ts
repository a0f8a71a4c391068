import { EventEmitter, once } from 'node:events';
import type { Next } from '../judge/next.ts';
import type { WantedControl } from '../judge/control.ts';
import { controlOf, isOver, start, step, verdict, whatNext, type JudgeState } from '../judge/judge.ts';
import type { Result } from '../judge/result.ts';
import { presentBoot } from '../judge/timeline.ts';
import type { TraceEvent } from '../trace/event.ts';
import type { TraceHeader } from '../trace/header.ts';
import type { PlanEvent } from './plan-event.ts';

/** Seconds between two looks at a boot in which nothing new is seen. */
const LOOK = 0.5;

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

  /** The run's id. */
  get run(): string {
    return this.#state.context.id;
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

  /** The result as it is if nothing more is seen but that the run ends as planned. */
  result(): Result {
    const end = { n: this.#count + 1, t: this.now(), ch: 'note', kind: 'run.end' } as const;
    const context = { ...this.#state.context, events: { count: end.n, bytes: 0, sha256: '' } };
    return verdict(step({ ...this.#state, context }, end), null);
  }

  /** The boot, if any, for which a control is wanted now that all are done. */
  control(): WantedControl | null {
    return controlOf(this.#state);
  }

  /** Whether the guest of the present boot can be driven on: its agent had answered, and nothing has taken it away. */
  agentAlive(): boolean {
    const boot = presentBoot(this.#state.timeline);
    if (boot === undefined || boot.agentUp === null || boot.silences.length > 0) return false;
    return isOver(this.#state, this.now()) === null;
  }

  /**
   * Does `work`, which is broken off as soon as something is seen that ends the present boot: a panic is not waited
   * out.
   *
   * @throws the reason of `signal`, and what `work` throws of itself
   */
  async untilOver(work: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    const done = new AbortController();
    const either = AbortSignal.any([signal, over.signal]);
    const watching = this.#becomesOver(AbortSignal.any([signal, done.signal])).then((isSo) => {
      if (isSo) over.abort(new Error('the boot is over'));
    });
    try {
      await work(either);
    } catch (error) {
      signal.throwIfAborted();
      if (!over.signal.aborted) throw error;
    } finally {
      done.abort();
      await watching;
    }
  }

  /** True once something that was seen has ended the present boot; false when nobody wants to know any more. */
  async #becomesOver(signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      if (isOver(this.#state, this.now()) !== null) return true;
      // A panic on the console alone counts a little later, when QEMU has not told of it.
      await this.observationOrUntil(this.now() + LOOK, signal).catch(() => undefined);
    }
    return false;
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
