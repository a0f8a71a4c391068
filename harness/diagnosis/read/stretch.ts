import type { NumberedLine } from '../part.ts';
import type { Voice } from './announcement.ts';

/** Lines of a log that follow each other, of one kernel's boot as far as can be seen. */
export interface Stretch {
  readonly from: number;
  to: number;
  /** Whole seconds since boot, first and last that were seen; -1: none. */
  first: number;
  last: number;
  /** Something in it is said by hosts only; perhaps by hosts only; by guests only. */
  host: boolean;
  hostLike: boolean;
  guest: boolean;
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

/** Whose kernel speaks: by what it says, else by what was announced, else as before it where the time goes on. */
export function voiceOfStretch(
  stretch: Stretch,
  announced: Voice,
  before: { stretch: Stretch; voice: Voice } | null,
): Voice {
  if (stretch.host || announced === 'host') return 'host';
  if (stretch.guest || announced === 'guest') return 'guest';
  if (stretch.hostLike) return 'host';
  const goesOn = before !== null && stretch.first >= 0 && stretch.first >= before.stretch.last;
  return goesOn ? before.voice : null;
}
