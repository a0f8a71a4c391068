import type { LeaseAnswer } from './lease-answer.ts';
import type { LeaseLimits } from './lease-limits.ts';

/** A heartbeat that was sent: when, and when that one was sent whose answer it echoes. */
interface Sent {
  readonly beat: number;
  readonly at: number;
  readonly echoAt: number;
}

/**
 * The owner's side of a lease. Times are seconds on the owner's own clock, which must go on while the machine sleeps.
 * Starting the holder is beat 0.
 */
export interface OwnerState {
  readonly phase: 'asking' | 'holding' | 'over';
  /** Up to here the lease is certain, or, before the grant, that somebody there asks for it. */
  readonly until: number;
  /** The newest beat that was answered. */
  readonly echo: { readonly beat: number; readonly at: number };
  /** Newest last, those that an answer may still be about. */
  readonly sent: readonly Sent[];
}

export type OwnerEvent =
  /** Some time has passed; has to come more often than a beat is due. */
  | { readonly kind: 'time'; readonly now: number }
  | { readonly kind: 'answer'; readonly now: number; readonly answer: LeaseAnswer | null }
  /** The holder, or the way to it, has ended. */
  | { readonly kind: 'closed'; readonly now: number; readonly how: string }
  /** The owner lets go by itself. */
  | { readonly kind: 'release'; readonly now: number };

/** What the owner is to do. */
export type OwnerDeed =
  | { readonly kind: 'send'; readonly line: string }
  | { readonly kind: 'granted'; readonly now: number; readonly left: string }
  | { readonly kind: 'busy'; readonly now: number; readonly said: string }
  /** Somebody else went on holding it. */
  | { readonly kind: 'refused'; readonly now: number; readonly said: string }
  /** There will be no grant, for another reason. */
  | { readonly kind: 'failed'; readonly why: string }
  /** The lease that was granted is not certain any more. */
  | { readonly kind: 'lost'; readonly why: string };

export interface OwnerStep {
  readonly state: OwnerState;
  readonly deeds: readonly OwnerDeed[];
}

/** Beats that are remembered: far more than are sent within the trust. */
const REMEMBERED = 64;

/** An owner that starts the holder at this moment. */
export function askingOwner(now: number, { trust }: LeaseLimits): OwnerState {
  const first = { beat: 0, at: now };
  return { phase: 'asking', until: now + trust, echo: first, sent: [{ ...first, echoAt: now }] };
}

/** Whether the owner may act as the owner now. */
export function holdsLease(state: OwnerState, now: number): boolean {
  return state.phase === 'holding' && now < state.until;
}

/** What follows for the owner from what has happened. Once it is over, nothing follows. */
export function stepOwner(state: OwnerState, event: OwnerEvent, limits: LeaseLimits): OwnerStep {
  if (state.phase === 'over') return { state, deeds: [] };
  // Before all else: an owner that was stopped may find an answer that came long ago.
  if (event.now >= state.until && event.kind !== 'release')
    return over(state, {
      kind: state.phase === 'asking' ? 'failed' : 'lost',
      why: `nothing certain was heard of it for ${limits.trust} s`,
    });
  switch (event.kind) {
    case 'time':
      return beatIfDue(state, event.now, limits);
    case 'answer':
      return event.answer === null ? nonsense(state) : answered(state, event.answer, limits);
    case 'closed':
      return over(state, { kind: state.phase === 'asking' ? 'failed' : 'lost', why: event.how });
    case 'release':
      return over(state, { kind: 'send', line: 'end' });
  }
}

function over(state: OwnerState, deed: OwnerDeed): OwnerStep {
  return { state: { ...state, phase: 'over' }, deeds: [deed] };
}

function beatIfDue(state: OwnerState, now: number, { beat: every }: LeaseLimits): OwnerStep {
  const last = state.sent.at(-1);
  if (last === undefined || now < last.at + every) return { state, deeds: [] };
  const beat = last.beat + 1;
  const sent = [...state.sent.slice(1 - REMEMBERED), { beat, at: now, echoAt: state.echo.at }];
  return { state: { ...state, sent }, deeds: [{ kind: 'send', line: `beat ${beat} ${state.echo.beat}` }] };
}

function answered(state: OwnerState, answer: LeaseAnswer, limits: LeaseLimits): OwnerStep {
  const { phase } = state;
  if (answer.kind === 'failed')
    return over(state, { kind: phase === 'asking' ? 'failed' : 'lost', why: answer.why });
  // Beats are answered by `beat` from the grant on, and by `busy` before it.
  if ((phase === 'holding') !== (answer.kind === 'beat')) return nonsense(state);
  if (answer.kind === 'taken') return over(state, { kind: 'refused', now: answer.now, said: answer.said });
  const about = state.sent.find(({ beat }) => beat === answer.beat);
  if (about === undefined) return nonsense(state);
  const renewed: OwnerState = {
    ...state,
    until: Math.max(state.until, about.echoAt + limits.trust),
    echo: about.at > state.echo.at ? about : state.echo,
  };
  switch (answer.kind) {
    case 'beat':
      return { state: renewed, deeds: [] };
    case 'busy':
      return { state: renewed, deeds: [{ kind: 'busy', now: answer.now, said: answer.said }] };
    case 'held':
      return {
        state: { ...renewed, phase: 'holding' },
        deeds: [{ kind: 'granted', now: answer.now, left: answer.left }],
      };
  }
}

function nonsense(state: OwnerState): OwnerStep {
  const why = 'its holder said something that makes no sense';
  return over(state, { kind: state.phase === 'asking' ? 'failed' : 'lost', why });
}
