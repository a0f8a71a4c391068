import { relative } from 'node:path';
import { holdKept, type KeptRun, type OpenRun, takeDown } from '../console/keeper.ts';
import { printable } from '../text/printable.ts';
import type { Run } from '../run/run-cell.ts';
import { interruptible } from './interrupt.ts';

export interface HoldOptions {
  /** 0: they are taken down at once. */
  readonly minutes: number;
  /** What is done first, while the VMs are up: results do not wait for somebody to look. */
  readonly before: () => Promise<void>;
}

/** Leaves the VMs that were kept up until somebody has looked, the time is over or Ctrl-C; says on stderr how to look. */
export async function holdKeptRuns(runs: readonly Run[], { minutes, before }: HoldOptions): Promise<void> {
  const kept = runs.flatMap((run) => (run.kept === null ? [] : [{ ...run, kept: run.kept }]));
  const until = new Date(Date.now() + minutes * 60_000);
  const over = new AbortController();
  const late = setTimeout(() => {
    over.abort(new Error('its time was over'));
  }, minutes * 60_000);
  const interrupt = interruptible();
  try {
    await before();
    if (minutes === 0) return;
    if (kept.length === 0)
      process.stderr.write('No VM stays up: none that could was of a cell to be kept.\n');
    else await hold(kept, until, AbortSignal.any([interrupt.signal, over.signal]));
  } finally {
    clearTimeout(late);
    await takeDown(kept);
    interrupt.release();
  }
}

async function hold(kept: readonly KeptRun[], until: Date, signal: AbortSignal): Promise<void> {
  await holdKept(kept, {
    until,
    signal,
    onOpen: (open) => process.stderr.write(keptText(open, until)),
  });
  process.stderr.write('The kept VMs are down.\n');
}

function keptText(open: readonly OpenRun[], until: Date): string {
  const lines = open.flatMap(({ result, kept, handle }) => [
    `  ${printable(result.cell, 200)}: ${result.verdict}`,
    `    ${kept.console.running()?.what ?? 'down'}; the guest agent ${kept.agent ? 'answers' : 'does not answer'}`,
    `    code43 console --attach ${handle}`,
    `    ${relative(process.cwd(), kept.directory) || '.'}`,
  ]);
  const clock = until.toLocaleTimeString('en-GB');
  return ['', `Still up until ${clock}, to be looked into (Ctrl-C ends it):`, ...lines, ''].join('\n');
}
