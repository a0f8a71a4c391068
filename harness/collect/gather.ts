import { ConnectionLost } from '../wire/machine/machine.ts';
import { type HostAccess, NotGathered } from './access.ts';
import { Ask, type Collector, type CollectorId, type Piece } from './collector.ts';

/** What became of one collector: its pieces, or why there are none. */
export interface Outcome {
  readonly collector: Collector;
  readonly pieces: readonly Piece[];
  /** Null where it was gathered. */
  readonly missing: string | null;
}

/** All that was gathered from one host, as the host said it: nothing is hidden yet. */
export interface Gathered {
  readonly vmid: number | null;
  readonly outcomes: readonly Outcome[];
}

export interface GatherOptions {
  readonly vmid: number | null;
  readonly signal?: AbortSignal;
  /** Called before each collector is asked, and when all are done. */
  readonly onStep?: (collector: Collector, step: number, steps: number) => void;
}

/**
 * Asks each collector in turn. One that fails is noted, and the others are asked all the same.
 *
 * @throws ConnectionLost, and the signal's reason: then there is no use in going on
 */
export async function gather(
  access: HostAccess,
  collectors: readonly Collector[],
  { vmid, signal, onStep }: GatherOptions,
): Promise<Gathered> {
  const outcomes: Outcome[] = [];
  const earlier = (id: CollectorId): string | null => textOf(outcomes, id);
  for (const [step, collector] of collectors.entries()) {
    signal?.throwIfAborted();
    onStep?.(collector, step + 1, collectors.length);
    const ask = new Ask(access, collector.limit, vmid, earlier);
    outcomes.push(await askOne(collector, ask, signal));
  }
  return { vmid, outcomes };
}

async function askOne(collector: Collector, ask: Ask, signal: AbortSignal | undefined): Promise<Outcome> {
  try {
    const pieces = await collector.gather(ask);
    return { collector, pieces, missing: null };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ConnectionLost || !(error instanceof NotGathered)) throw error;
    return { collector, pieces: [], missing: error.message };
  }
}

/** What a collector gathered, without the commands; null where it gathered nothing. */
export function textOf(outcomes: readonly Outcome[], id: CollectorId): string | null {
  const outcome = outcomes.find(({ collector }) => collector.id === id);
  if (outcome === undefined || outcome.missing !== null) return null;
  return outcome.pieces.map(({ text }) => (text.endsWith('\n') ? text : `${text}\n`)).join('');
}
