// Blocks that terminals draw two columns wide: CJK, Hangul, full-width forms, pictographs (Unicode TR11, coarse).
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const MARK = /\p{M}/u;

/** Columns that a printable text takes on a terminal. */
export function width(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + columnsOf(character), 0);
}

/** The text in at most `columns` columns; a cut text ends in `…`. */
export function fit(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  return columns < 1 ? '' : `${head(text, columns - 1)}…`;
}

/** The text in at most `columns` columns; what is cut is in the middle, because ids differ at their ends. */
export function squeeze(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  const begin = head(text, Math.floor((columns - 1) / 3));
  const reversed = Array.from(text).toReversed().join('');
  const end = Array.from(head(reversed, columns - 1 - width(begin)))
    .toReversed()
    .join('');
  return columns < 1 ? '' : `${begin}…${end}`;
}

// A colour code, ECMA-48 SGR.
const SGR = /(\u001b\[[\d;]*m)/;

/** A line that may hold colour codes in at most `columns` columns; the codes stay, so that each colour ends. */
export function clip(line: string, columns: number): string {
  let left = columns;
  return line
    .split(SGR)
    .map((part, index) => {
      if (index % 2 === 1) return part;
      const kept = head(part, left);
      left -= width(kept);
      return kept;
    })
    .join('');
}

/** The text filled up with spaces, or cut, to exactly `columns` columns. */
export function pad(text: string, columns: number): string {
  const fitted = fit(text, columns);
  return fitted + ' '.repeat(Math.max(0, columns - width(fitted)));
}

/** Where a long word, such as a cell's id, is best broken. */
const JOINT = /[,:;/][^,:;/]*$/;

/** The text as lines of at most `columns` columns, broken at spaces; a word longer than a line at its joints. */
export function wrap(text: string, columns: number): readonly string[] {
  const room = Math.max(columns, 2);
  const lines: string[] = [];
  let line = '';
  for (let word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (width(joined) <= room) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    while (width(word) > room) {
      const piece = breakable(head(word, room));
      lines.push(piece);
      word = word.slice(piece.length);
    }
    line = word;
  }
  return [...lines, line];
}

function breakable(piece: string): string {
  const joint = piece.search(JOINT);
  return joint > 0 ? piece.slice(0, joint + 1) : piece;
}

function head(text: string, columns: number): string {
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += columnsOf(character);
    if (used > columns) break;
    kept += character;
  }
  return kept;
}

function columnsOf(character: string): number {
  return WIDE.test(character) ? 2 : MARK.test(character) ? 0 : 1;
}
