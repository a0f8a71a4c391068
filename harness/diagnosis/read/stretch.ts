import type { NumberedLine } from '../part.ts';
import type { Voice } from './announcement.ts';

/** Lines of a log that follow each other, of one kernel's boot as far as can be seen. */
export interface Stretch {
  readonly from: number;
  to: number;
  /** Whole seconds since boot, first and last that were seen; -1: none. */
  first: number;
  last: number;
  /** How many of its lines are said by hosts only; perhaps by hosts only; by guests only. */
  host: number;
  hostLike: number;
  guest: number;
  libvirt: boolean;
}

/** A line that no log's prefix marks. */
export interface TextLine extends NumberedLine {
  /** Code or a quotation begins or ends here. */
  readonly framed: boolean;
  /** It holds a text that some signature looks for. */
  readonly hit: boolean;
}

export type Item = { readonly log: Stretch } | { readonly line: TextLine };

/** Lines of a kind that count: more of them are mostly the same device's. */
const LINES = 5;
/** What a heading or a prompt weighs, in telling lines: a name such as `root@pve` is seldom wrong, a heading may be. */
const ANNOUNCED = { host: 4, guest: 1.5 } as const;

/**
 * Whose kernel speaks: by the weight of what it says and of what was announced, so that one line that a guest may say
 * as well decides nothing; where nothing shows it, as before it where the time goes on.
 */
export function voiceOfStretch(
  stretch: Stretch,
  announced: Voice,
  before: { stretch: Stretch; voice: Voice } | null,
): Voice {
  const { host, hostLike, guest } = stretch;
  const weight = (lines: number, voice: 'host' | 'guest') =>
    Math.min(LINES, lines) + (announced === voice ? ANNOUNCED[voice] : 0);
  const [ofHost, ofGuest] = [weight(host, 'host'), weight(guest, 'guest')];
  if (ofHost > 0 || ofGuest > 0) return ofHost >= ofGuest ? 'host' : 'guest';
  if (hostLike > 0) return 'host';
  const goesOn = before !== null && stretch.first >= 0 && stretch.first >= before.stretch.last;
  return goesOn ? before.voice : null;
}
