import type { PlanEvent } from '../../run/plan-event.ts';
import { printable } from '../../text/printable.ts';

/** What is known of one cell while it runs. Times are milliseconds since the epoch. */
export interface CellState {
  readonly began: number | null;
  readonly boots: number;
  readonly boot: { readonly index: number; readonly asked: string } | null;
  readonly wait: { readonly what: string; readonly until: number } | null;
  readonly sample: { readonly state: string; readonly count: number } | null;
  /** What of the lab failed last. */
  readonly trouble: string | null;
  readonly end: Extract<PlanEvent, { kind: 'end' }> | null;
}

export const WAITING: CellState = {
  began: null,
  boots: 0,
  boot: null,
  wait: null,
  sample: null,
  trouble: null,
  end: null,
};

/** The state after one more event, which came at `now`. */
export function advance(state: CellState, event: PlanEvent, now: number): CellState {
  switch (event.kind) {
    case 'begin':
      return { ...WAITING, began: now, boots: event.boots };
    case 'boot':
      return { ...state, boot: { index: event.boot, asked: event.asked }, wait: null, sample: null };
    case 'wait':
      return { ...state, wait: { what: event.what, until: event.until } };
    case 'sample':
      return { ...state, sample: { state: event.state, count: event.count } };
    case 'trouble':
      return { ...state, wait: null, trouble: event.text };
    case 'end':
      return { ...state, wait: null, end: event };
  }
}

/** What a running cell does now, such as `boot 2/3 reset · 34s · waiting for guest agent, 26s left · healthy ×3`. */
export function activity(state: CellState, now: number): string {
  return [
    bootWords(state),
    state.began === null ? '' : span(now - state.began),
    state.wait === null
      ? ''
      : `waiting for ${printable(state.wait.what, 80)}, ${left(state.wait.until - now)}`,
    state.sample === null ? '' : sampleWords(state.sample),
    state.trouble === null ? '' : printable(state.trouble, 200),
  ]
    .filter(Boolean)
    .join(' · ');
}

export function bootWords({ boot, boots }: CellState): string {
  return boot === null
    ? 'preparing'
    : `boot ${boot.index + 1}/${Math.max(boots, boot.index + 1)} ${boot.asked}`;
}

export function sampleWords(sample: { readonly state: string; readonly count: number }): string {
  return `${printable(sample.state, 60)} ×${sample.count}`;
}

/** The verdict in words; the word `unexpected` comes first because it is what one looks for. */
export function endWords(end: NonNullable<CellState['end']>): string {
  const surprise = end.asExpected === false ? 'unexpected ' : '';
  const expected = end.asExpected === true ? ', as expected' : '';
  return `${surprise}${end.verdict}${expected}, ${span(end.seconds * 1000)}`;
}

/** A length of time, rounded down: `34s`, `2m05s`, `1h02m`. */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const two = (value: number): string => String(value).padStart(2, '0');
  if (minutes === 0) return `${seconds}s`;
  return minutes < 60
    ? `${minutes}m${two(seconds % 60)}s`
    : `${Math.floor(minutes / 60)}h${two(minutes % 60)}m`;
}

const left = (milliseconds: number): string =>
  milliseconds <= 0 ? 'deadline passed' : `${span(milliseconds + 999)} left`;
