import { digest } from '../../trace/digest.ts';

const encoder = new TextEncoder();
// What a reader takes for one character may be several code points, such as a letter and its accent.
const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });
const MARK = '…';

/** Bytes of UTF-8. */
export function bytes(text: string): number {
  return encoder.encode(text).length;
}

/** Bytes that a text takes in a JSON document, without its quotes. */
export function jsonBytes(text: string): number {
  return bytes(JSON.stringify(text)) - 2;
}

/** The text in at most `room` bytes of JSON; a cut text ends in `…` and is never cut within a character. */
export function clip(text: string, room: number): string {
  // A UTF-16 unit takes at least one byte, so this much is always enough to tell.
  if (text.length <= room && jsonBytes(text) <= room) return text;
  let left = room - jsonBytes(MARK);
  let kept = '';
  for (const { segment } of characters.segment(text.slice(0, room + 1))) {
    left -= jsonBytes(segment);
    if (left < 0) break;
    kept += segment;
  }
  return kept + MARK;
}

/** The same for a text that tells things apart: one that had to be cut ends in a piece of its digest. */
export function clipId(text: string, room: number): string {
  if (text.length <= room && jsonBytes(text) <= room) return text;
  const mark = `~${digest(text).slice(0, 16)}`;
  return clip(text, room - mark.length) + mark;
}
