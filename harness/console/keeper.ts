import type { Result } from '../judge/result.ts';
import { type Kept, untilDown } from '../run/attend.ts';
import { requirePty } from '../wire/pty.ts';
import { ConsoleServer } from './server.ts';

/** A run whose VM is still up. */
export interface KeptRun {
  readonly result: Result;
  readonly kept: Kept;
}

/** A kept VM that can be looked into. */
export interface OpenRun extends KeptRun {
  /** What of the run's id names it for `console --attach`. */
  readonly handle: string;
}

/** Guests take memory, and nobody looks into more at once. */
const MOST_KEPT = 4;

/**
 * Chooses which VMs stay up after their runs: of each cell the first that is not as expected, or failed in the lab.
 *
 * @throws {PtyUnavailable} at once
 */
export function keepOnFailure(): (result: Result) => boolean {
  requirePty();
  const cells = new Set<string>();
  return ({ cell, verdict, asExpected }) => {
    if (asExpected === true || verdict === 'skip' || cells.has(cell) || cells.size >= MOST_KEPT) return false;
    cells.add(cell);
    return true;
  };
}

/** The part of a run's id that people type. */
export function handleOf(run: string): string {
  return run.slice(run.lastIndexOf('-') + 1);
}

/**
 * Holds VMs up and open for `console --attach` until each has ended by itself, or all are to end. None of them, nor
 * anything that led to them, is left afterwards, whatever happens.
 *
 * @param onOpen called with those that can be looked into, once
 */
export async function holdKept(
  runs: readonly KeptRun[],
  options: {
    readonly until: Date;
    readonly signal: AbortSignal;
    readonly onOpen: (open: readonly OpenRun[]) => void;
  },
): Promise<void> {
  const { until, signal, onOpen } = options;
  const servers: ConsoleServer[] = [];
  try {
    for (const { kept, result } of runs)
      servers.push(
        await ConsoleServer.open(kept, { run: result.run, cell: result.cell, until: until.toISOString() }),
      );
    onOpen(runs.map((run) => ({ ...run, handle: handleOf(run.result.run) })));
    await Promise.all(runs.map(({ kept }, index) => untilOver(kept, servers[index], signal)));
  } finally {
    await takeDown(runs);
    await Promise.all(servers.map((server) => server.close('it was taken down')));
  }
}

async function untilOver(kept: Kept, server: ConsoleServer | undefined, signal: AbortSignal): Promise<void> {
  await untilDown(kept.console, signal);
  const why = signal.aborted && signal.reason instanceof Error ? signal.reason.message : 'the guest ended';
  // First the VM, so that its last words are still seen.
  await kept[Symbol.asyncDispose]();
  await server?.close(why);
}

/** Takes down every VM, also when one of them resists; the first that did is told. */
export async function takeDown(runs: readonly { readonly kept: Kept | null }[]): Promise<void> {
  const ended = await Promise.allSettled(runs.map(async ({ kept }) => kept?.[Symbol.asyncDispose]()));
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
