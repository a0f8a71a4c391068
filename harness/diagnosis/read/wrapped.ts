import { announcement } from './announcement.ts';
import { claimOf } from './claim.ts';
import { configShape } from './config-shape.ts';

/** Narrower than any terminal or mail wraps at. */
const NARROWEST = 56;
const LONGEST = 8_000;
const STATED = /^(?:[A-Z•*"'-]|[\w/.-]{2,20}: \S)/;

/** A line of a log that goes on in the next one. */
export interface Wrapped {
  /** As it may have been, the likeliest first: cut between two words, or anywhere. */
  readonly readings: readonly [string, ...string[]];
  /** The second line could also be somebody's statement, so it also stands for itself. */
  readonly alone: boolean;
}

/**
 * Joins a line without a log's prefix to the line of a log right above it, if that one may have been wrapped: it is
 * wide, and with the next word it would have been wider than all lines before. Null where it stands for itself.
 *
 * @param width of the line above as it was shown, which may itself be the end of a wrapped one
 * @param longest width of the widest line of this log so far
 */
export function wrapped(above: string, text: string, width: number, longest: number): Wrapped | null {
  // Kernels and journals indent what goes on in a line of its own.
  if (/^(?:\t| {2})/.test(text) && claimOf(text) === null)
    return { readings: [`${above} ${text.trim()}`], alone: false };
  const word = text.search(/\s|$/);
  if (width < NARROWEST || width + 1 + word <= longest || above.length + text.length > LONGEST) return null;
  if (announcement(text) !== null) return null;
  const alone = claimOf(text) !== null || configShape(text) !== null || STATED.test(text);
  const behind = text.trimStart();
  if (behind !== text) return { readings: [`${above} ${behind}`], alone };
  const [cut, spaced] = [above + text, `${above} ${text}`];
  return { readings: width >= longest ? [cut, spaced] : [spaced, cut], alone };
}
