import type { CollectorId } from './collector.ts';
import type { HostState } from './host-state.ts';

/** `not-asked`: it does not matter for what is to be done here. */
export type CheckState = 'ok' | 'not-ok' | 'unknown' | 'not-asked';

export interface CheckAnswer {
  readonly state: CheckState;
  /** One sentence. */
  readonly says: string;
  /** Lines of what the host said that show it. */
  readonly proof: readonly string[];
  /** What to change where it is not ok, or how to find out where it is not known; one thing a line. */
  readonly change: readonly string[];
}

/** One thing that has to be right before an iGPU can be passed through. A new one is a file and a line in `checks.ts`. */
export interface Check {
  readonly id: string;
  readonly what: string;
  /** What is gathered for it. */
  readonly needs: readonly CollectorId[];
  /** Pure: looks at nothing but what was gathered. */
  look(of: HostState): CheckAnswer;
}

export function ok(says: string, ...proof: readonly string[]): CheckAnswer {
  return { state: 'ok', says, proof, change: [] };
}

export function notOk(says: string, proof: readonly string[], ...change: readonly string[]): CheckAnswer {
  return { state: 'not-ok', says, proof, change };
}

export function unknown(says: string, ...change: readonly string[]): CheckAnswer {
  return { state: 'unknown', says, proof: [], change };
}

export function notAsked(says: string): CheckAnswer {
  return { state: 'not-asked', says, proof: [], change: [] };
}
