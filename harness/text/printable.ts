/** Longest text that goes to a terminal or a page in one piece. */
const LIMIT = 500;

// Controls, format characters (bidi overrides, zero-width), surrogates, unassigned, and the two odd line ends.
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * Makes a text from a guest, a log or a scenario safe to show on one line: what would be invisible or would steer the
 * reader's terminal is written as an escape (`\x1b`, `\u202e`), a tab is a space, and at most `limit` characters stay;
 * what was cut is counted.
 */
export function printable(text: string, limit = LIMIT): string {
  // One code point is at most two units, so this much is always enough; the rest is never looked at.
  const head = Array.from(text.slice(0, limit * 2));
  const cut = text.length - head.slice(0, limit).join('').length;
  const shown = head.slice(0, limit).join('').replaceAll('\t', ' ').replace(HIDDEN, escaped);
  return cut > 0 ? `${shown}… (${cut} more)` : shown;
}

/** The same for a text whose lines are kept: at most `lines` of them, what was cut is counted. */
export function printableLines(text: string, lines = 40, limit = LIMIT): readonly string[] {
  const all = text.split(/\r\n|\n|\r/);
  const shown = all.slice(0, lines).map((line) => printable(line, limit));
  return all.length > lines ? [...shown, `… (${all.length - lines} more lines)`] : shown;
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\u{${code.toString(16)}}`;
}
