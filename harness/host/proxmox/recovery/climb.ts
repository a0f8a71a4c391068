import type { Observation } from '../../../trace/event.ts';
import { type Allowed, nextRung } from './next-rung.ts';
import { isWell, type Situation } from './situation.ts';
import { type Ground, look, type RungOptions, type TriedRung, tryRung } from './try-rung.ts';

export interface ClimbOptions extends RungOptions {
  readonly allowed: Allowed;
  readonly record: (seen: Observation) => void;
  /** The host's boot id as it was last known; null or left out: unknown. */
  readonly bootId?: string | null;
}

export interface Climbed {
  /** The host answers, the VM is down, the device ready. */
  readonly well: boolean;
  readonly situation: Situation;
  /** In order; the last that worked is the rung that was needed. */
  readonly rungs: readonly TriedRung[];
}

/**
 * Tries one rung after the other, from the mildest that applies, until all is well or nothing is left. Each is observed
 * by its effect and recorded with the time it took. What applies is decided anew after each.
 *
 * @throws the signal's reason; what `look` throws
 */
export async function climb(ground: Ground, options: ClimbOptions): Promise<Climbed> {
  const possible = new Set(ground.rungs.keys());
  const rungs: TriedRung[] = [];
  let situation = await look(ground, options);
  let bootId = situation.host?.bootId ?? options.bootId ?? null;
  for (;;) {
    const rung = nextRung(situation, rungs, possible, options.allowed);
    if (rung === null) return { well: isWell(situation), situation, rungs };
    const attempt = await tryRung(rung, situation, bootId, ground, options);
    ({ situation } = attempt);
    bootId = situation.host?.bootId ?? bootId;
    rungs.push(attempt.tried);
    options.record({ ch: 'note', kind: 'recovery', ...attempt.tried });
  }
}
