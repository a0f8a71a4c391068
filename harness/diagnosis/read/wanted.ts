import type { Automaton } from '../scan/automaton.ts';
import { lineAutomaton } from './byte-lines.ts';
import { CONTEXT, GUEST_SIGNS, HOST_LIKE, HOST_SIGNS } from './context.ts';

/** What to look for in an input. */
export class Wanted {
  /** For lines as they are written. No text spans what makes a line odd, so it does for lines as they are meant, too. */
  readonly automaton: Automaton;
  private readonly encoder = new TextEncoder();
  /** Texts below this number are the ones that were given; lines with one of those below `kept` are kept. */
  readonly own: number;
  readonly kept: number;
  /** What a kernel says first. */
  readonly boots: number;
  /** Above `kept` stand the signs: first of a host, then of what may be one, then of a guest. */
  readonly likeFrom: number;
  readonly guestFrom: number;

  constructor(literals: readonly string[]) {
    const all = [...literals, ...CONTEXT, ...HOST_SIGNS, ...HOST_LIKE, ...GUEST_SIGNS];
    this.automaton = lineAutomaton(all);
    this.own = literals.length;
    this.boots = this.own + CONTEXT.indexOf('Linux version');
    this.kept = this.own + CONTEXT.length;
    this.likeFrom = this.kept + HOST_SIGNS.length;
    this.guestFrom = this.likeFrom + HOST_LIKE.length;
  }

  /** Numbers of the texts in a line as it is meant. */
  in(text: string): ReadonlySet<number> {
    return this.automaton.find(this.encoder.encode(text));
  }
}

const WANTED = new WeakMap<readonly string[], Wanted>();

/** Made once for a list of texts: that takes longer than reading a short log. */
export function wantedOf(literals: readonly string[]): Wanted {
  const wanted = WANTED.get(literals) ?? new Wanted(literals);
  WANTED.set(literals, wanted);
  return wanted;
}
