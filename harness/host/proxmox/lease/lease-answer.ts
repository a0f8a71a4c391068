/** What the holder on the node says, a line each. `now` is the node's time in seconds since the epoch. */
export type LeaseAnswer =
  /** The lease is the owner's, as of the beat that was read last. `left`: what an owner before it left behind. */
  | { readonly kind: 'held'; readonly beat: number; readonly now: number; readonly left: string }
  | { readonly kind: 'beat'; readonly beat: number }
  /** A beat was read, and somebody else has the lease; `said`: what that one says of itself. */
  | { readonly kind: 'busy'; readonly beat: number; readonly now: number; readonly said: string }
  /** Somebody else had it for as long as was to be waited. */
  | { readonly kind: 'taken'; readonly now: number; readonly said: string }
  /** The node cannot do this. */
  | { readonly kind: 'failed'; readonly why: string };

const BEAT = /^beat (\d{1,9})$/;
const WITH_TEXT = /^(held|busy) (\d{1,9}) (\d{1,12}) (.{0,2000})$/;
const TAKEN = /^taken (\d{1,12}) (.{0,2000})$/;
const FAILED = /^failed (.{1,2000})$/;

/** Reads one line of the holder; null: it is none of its answers. */
export function readLeaseAnswer(line: string): LeaseAnswer | null {
  const [, beat] = BEAT.exec(line) ?? [];
  if (beat !== undefined) return { kind: 'beat', beat: Number(beat) };
  const [, word, of = '', at = '', text = ''] = WITH_TEXT.exec(line) ?? [];
  if (word === 'held') return { kind: 'held', beat: Number(of), now: Number(at), left: text };
  if (word === 'busy') return { kind: 'busy', beat: Number(of), now: Number(at), said: text };
  const [, when, said = ''] = TAKEN.exec(line) ?? [];
  if (when !== undefined) return { kind: 'taken', now: Number(when), said };
  const [, why] = FAILED.exec(line) ?? [];
  return why === undefined ? null : { kind: 'failed', why };
}
