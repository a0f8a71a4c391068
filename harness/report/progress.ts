import type { PlanEvent } from '../run/plan-event.ts';
import { lineWriter } from './progress/lines.ts';
import { liveProgress } from './progress/live.ts';

export interface Progress {
  on(event: PlanEvent): void;
  /** Ends the display: what runs is marked as stopped. Resolves when the last line is written. */
  stop(): Promise<void>;
}

/**
 * Shows a plan as it runs on `stream`, which should be stderr so that stdout stays for the results. On a terminal
 * the picture moves; on a pipe, in a CI log, with `verbose` or on a dumb terminal each change is one plain line.
 * While it lives, other writing to `stream` is held back until `stop`.
 */
export function progress(
  cells: readonly { readonly id: string; readonly name: string }[],
  options: { readonly stream: NodeJS.WriteStream; readonly verbose: boolean; readonly now?: () => number },
): Progress {
  const { stream, verbose, now = Date.now } = options;
  const moves = stream.isTTY && !verbose && process.env['TERM'] !== 'dumb';
  if (moves) return liveProgress(cells, { stream, now });
  const on = lineWriter((line) => stream.write(line), { verbose, now });
  return { on, stop: () => Promise.resolve() };
}
