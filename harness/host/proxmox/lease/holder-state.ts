import type { LeaseAnswer } from './lease-answer.ts';
import type { LeaseLimits } from './lease-limits.ts';

/** The holder's side of a lease: the process on the node. Times are seconds on the node's clock. */
export interface HolderState {
  readonly phase: 'waiting' | 'holding' | 'over';
  /** The newest beat that was read. */
  readonly beat: number;
  /** When each of the newest beats was read. */
  readonly readAt: ReadonlyMap<number, number>;
  /** The kernel ends it here, whatever it does. */
  readonly deadline: number;
  /** While it waits: it gives up here. */
  readonly givesUp: number;
  /** It has said that somebody else has the lock. */
  readonly told: boolean;
}

export type HolderEvent =
  | { readonly kind: 'line'; readonly now: number; readonly line: string; readonly said: string }
  /** Nobody will write to it any more. */
  | { readonly kind: 'closed'; readonly now: number }
  /** It tried for the lock, and the kernel said whether it has it. */
  | { readonly kind: 'tried'; readonly now: number; readonly has: boolean; readonly said: string }
  | { readonly kind: 'time'; readonly now: number };

export interface HolderStep {
  readonly state: HolderState;
  readonly answers: readonly LeaseAnswer[];
}

/** Beats whose time is remembered. */
const REMEMBERED = 64;
const BEAT = /^beat (\d{1,9}) (\d{1,9})$/;

/** A holder that begins to run at this moment. @param wait seconds */
export function newHolder(now: number, wait: number, { hold }: LeaseLimits): HolderState {
  // A look at the lease locks the file for a moment, so even who does not want to wait tries for a second.
  const givesUp = now + Math.max(wait, 1);
  const readAt = new Map([[0, now]]);
  return { phase: 'waiting', beat: 0, readAt, deadline: now + hold, givesUp, told: false };
}

/**
 * What follows for the holder from what has happened: a model of `HOLDER_PROGRAM`, which does the same on the node. A
 * beat renews from the time of the beat whose answer it echoes, never from its own arrival: a beat that a dead owner
 * sent, and that the network kept back, renews nothing that its owner did not live to hear of.
 */
export function stepHolder(state: HolderState, event: HolderEvent, limits: LeaseLimits): HolderStep {
  if (state.phase === 'over') return { state, answers: [] };
  if (event.now >= state.deadline) return over(state);
  switch (event.kind) {
    case 'time':
      return { state, answers: [] };
    case 'closed':
      // The owner may live on behind a cut connection and trust its lease: only its word or the deadline ends that.
      return state.phase === 'holding' ? { state, answers: [] } : over(state);
    case 'tried':
      return tried(state, event);
    case 'line':
      return event.line === 'end' ? over(state) : read(state, event, limits);
  }
}

function over(state: HolderState, ...answers: readonly LeaseAnswer[]): HolderStep {
  return { state: { ...state, phase: 'over' }, answers };
}

function tried(state: HolderState, { now, has, said }: Extract<HolderEvent, { kind: 'tried' }>): HolderStep {
  if (state.phase !== 'waiting') return { state, answers: [] };
  if (has)
    return {
      state: { ...state, phase: 'holding' },
      answers: [{ kind: 'held', beat: state.beat, now, left: said }],
    };
  if (now >= state.givesUp) return over(state, { kind: 'taken', now, said });
  const answers: readonly LeaseAnswer[] = state.told ? [] : [{ kind: 'busy', beat: state.beat, now, said }];
  return { state: { ...state, told: true }, answers };
}

function read(
  state: HolderState,
  { now, line, said }: Extract<HolderEvent, { kind: 'line' }>,
  { hold }: LeaseLimits,
): HolderStep {
  const [, beat, echo] = BEAT.exec(line)?.map(Number) ?? [];
  if (beat === undefined || echo === undefined) return { state, answers: [] };
  const echoAt = state.readAt.get(echo);
  const readAt = new Map([...state.readAt, [beat, now] as const].slice(-REMEMBERED));
  const deadline = Math.max(state.deadline, echoAt === undefined ? 0 : echoAt + hold);
  const answer: LeaseAnswer =
    state.phase === 'holding' ? { kind: 'beat', beat } : { kind: 'busy', beat, now, said };
  return { state: { ...state, beat, readAt, deadline }, answers: [answer] };
}
