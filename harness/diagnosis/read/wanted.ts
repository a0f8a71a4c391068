import { Automaton } from '../scan/automaton.ts';
import { lineAutomaton } from './byte-lines.ts';
import { CONTEXT, GUEST_SIGNS, HOST_LIKE, HOST_SIGNS } from './context.ts';

/** What to look for in an input, made once for a list of texts. */
export class Wanted {
  /** For lines as they are written, and for lines as they are meant. */
  readonly quick: Automaton;
  private readonly exact: Automaton;
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
    this.quick = lineAutomaton(all);
    this.exact = new Automaton(all);
    this.own = literals.length;
    this.boots = this.own + CONTEXT.indexOf('Linux version');
    this.kept = this.own + CONTEXT.length;
    this.likeFrom = this.kept + HOST_SIGNS.length;
    this.guestFrom = this.likeFrom + HOST_LIKE.length;
  }

  /** Numbers of the texts in a clean line. */
  in(text: string): ReadonlySet<number> {
    return this.exact.find(this.encoder.encode(text));
  }
}
