import type { NumberedLine } from '../../part.ts';

const ROM = /\b(?:rom|romfile|vbios|oprom|gop|efirom|rom-parser)s?\b|\.rom\b|igd[\w.-]{0,20}\.bin\b/i;
const OTHER = /\.(?:iso|img|exe|msi|deb|qcow2)\b|\b(?:iso|installer|driver (?:package|setup)|cd-?rom)\b/i;

/** Whether a line speaks of a ROM file: itself, or those just beside it where it names no other thing. */
export function isAboutRom(lines: readonly NumberedLine[], at: number): boolean {
  const text = lines[at]?.text ?? '';
  if (ROM.test(text)) return true;
  return !OTHER.test(text) && [at - 1, at - 2, at + 1].some((n) => ROM.test(lines[n]?.text ?? ''));
}

/** What is asked, supposed, feared, or was the matter once. */
export function isDoubted(text: string): boolean {
  return /\?|\b(?:maybe|perhaps|might|could (?:it )?be|possibly|if|whether|not sure|assume|suspect|no longer|vielleicht|evtl)\b/i.test(
    text,
  );
}

const AGAIN =
  /\b(?:re-?(?:downloaded|fetched|copied)|(?:downloaded|fetched|copied|got) (?:it |the (?:file|rom) )?(?:again|anew|properly|correctly)|new(?:ly)? (?:copy|download(?:ed)?)|replaced (?:it|the (?:file|rom))|wrapped (?:it )?(?:with|by|using) efirom|now (?:it (?:is|has) )?(?:55 ?aa|the right (?:file|size)|ok|fine|matches)|with the (?:right|correct|proper|whole|good) (?:file|rom|one))\b/i;

/** Whether the text tells that the file was got or made again since. */
export function isMended(text: string): boolean {
  return AGAIN.test(text) && !/\?|\b(?:should|shall|will|would|try|tomorrow|not yet)\b/i.test(text);
}
