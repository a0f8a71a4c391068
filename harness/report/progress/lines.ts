import type { PlanEvent } from '../../run/plan-event.ts';
import { printable } from '../../text/printable.ts';
import { advance, bootWords, endWords, sampleWords, span, WAITING, type CellState } from './state.ts';

/** Milliseconds after which a sample is told although it says what the one before said: so one sees that it goes on. */
const SILENCE = 30_000;

/**
 * Progress for a pipe, a CI log or `--verbose`: one plain line a change, no cursor codes.
 * A line is `[  12.3s] <cell>: <what changed>`; samples that say the same again are told only when `verbose`, or after
 * half a minute without a line.
 */
export function lineWriter(
  write: (line: string) => void,
  options: { readonly verbose: boolean; readonly now: () => number },
): (event: PlanEvent) => void {
  const began = options.now();
  const states = new Map<string, CellState>();
  const told = new Map<string, number>();
  return (event) => {
    const now = options.now();
    const before = states.get(event.cell) ?? WAITING;
    states.set(event.cell, advance(before, event, now));
    const isSilent = now - (told.get(event.cell) ?? now) >= SILENCE;
    const what = change(before, event, now, { ...options, isSilent });
    if (what === null) return;
    told.set(event.cell, now);
    const elapsed = ((now - began) / 1000).toFixed(1).padStart(6);
    write(`[${elapsed}s] ${printable(event.cell, 200)}: ${what}\n`);
  };
}

function change(
  before: CellState,
  event: PlanEvent,
  now: number,
  { verbose, isSilent }: { readonly verbose: boolean; readonly isSilent: boolean },
): string | null {
  switch (event.kind) {
    case 'begin':
      return `begins, ${event.boots === 1 ? '1 boot' : `${event.boots} boots`}`;
    case 'boot':
      return bootWords(advance(before, event, now));
    case 'wait':
      return before.wait?.what === event.what && !verbose
        ? null
        : `waits for ${printable(event.what, 80)}, at most ${span(event.until - now + 999)}`;
    case 'sample':
      return before.sample?.state === event.state && !verbose && !isSilent ? null : sampleWords(event);
    case 'trouble':
      return printable(event.text, 900);
    case 'end':
      return endWords(event);
  }
}
