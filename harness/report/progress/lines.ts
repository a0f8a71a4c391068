import type { PlanEvent } from '../../run/plan-event.ts';
import { printable } from '../../text/printable.ts';
import { advance, bootWords, endWords, sampleWords, span, WAITING, type CellState } from './state.ts';

/**
 * Progress for a pipe, a CI log or `--verbose`: one plain line a change, no cursor codes.
 * A line is `[  12.3s] <cell>: <what changed>`; samples that say the same again are told only when `verbose`.
 */
export function lineWriter(
  write: (line: string) => void,
  options: { readonly verbose: boolean; readonly now: () => number },
): (event: PlanEvent) => void {
  const began = options.now();
  const states = new Map<string, CellState>();
  return (event) => {
    const now = options.now();
    const before = states.get(event.cell) ?? WAITING;
    states.set(event.cell, advance(before, event, now));
    const what = change(before, event, now, options.verbose);
    if (what === null) return;
    const elapsed = ((now - began) / 1000).toFixed(1).padStart(6);
    write(`[${elapsed}s] ${printable(event.cell, 200)}: ${what}\n`);
  };
}

function change(before: CellState, event: PlanEvent, now: number, verbose: boolean): string | null {
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
      return before.sample?.state === event.state && !verbose ? null : sampleWords(event);
    case 'trouble':
      return printable(event.text, 900);
    case 'end':
      return endWords(event);
  }
}
