/** A way in which texts write characters as something else. */
interface Spelling {
  /** Global: one or more escapes in a row. */
  readonly escapes: RegExp;
  readonly undo: (escaped: string) => readonly (readonly [character: string, piece: string])[];
  /** How a pseudonym's character is written in the place of an escape. */
  readonly redo: (character: string, piece: string) => string;
}

const code = (character: string, length: number): string =>
  character.charCodeAt(0).toString(16).padStart(length, '0');

/** ECMA-48, 5.4: CSI, parameters, intermediates, a final character. */
const CONTROL_SEQUENCE = /\u001b\[[0-?]{0,64}[ -/]{0,8}[@-~]/g;

const SPELLINGS: readonly Spelling[] = [
  // URLs, task ids in paths, descriptions in a VM's config.
  {
    escapes: /(?:%[0-9a-f]{2})+/gi,
    undo: percent,
    redo: (character) => `%${code(character, 2)}`,
  },
  // systemd's `\x2d`, JSON's `\u0041`.
  {
    escapes: /\\(?:x[0-9a-f]{2}|u[0-9a-f]{4})/gi,
    undo: (escaped) => [[String.fromCharCode(Number.parseInt(escaped.slice(2), 16)), escaped]],
    redo: (character, piece) => piece.slice(0, 2) + code(character, piece.length - 2),
  },
  // UTF-16 read a byte at a time, as of wmic.
  { escapes: /\0/g, undo: (escaped) => [['', escaped]], redo: (character) => character },
  // Colours: each is nothing at all, and then a blank, since one may stand within a name or beside it.
  {
    escapes: CONTROL_SEQUENCE,
    undo: (escaped) => [['', escaped]],
    redo: (_, piece) => piece,
  },
  {
    escapes: CONTROL_SEQUENCE,
    undo: (escaped) => [[' ', escaped]],
    redo: (_, piece) => piece,
  },
];

/**
 * Applies `redact` to what a text reads as, in every spelling that is in it, and writes the result in that spelling.
 *
 * @param redact must keep the length of what it is given
 */
export function inEverySpelling(text: string, redact: (plain: string) => string): string {
  return SPELLINGS.reduce((out, spelling) => inSpelling(out, spelling, redact), text);
}

function inSpelling(text: string, spelling: Spelling, redact: (plain: string) => string): string {
  if (text.search(spelling.escapes) < 0) return text;
  const { characters, pieces } = read(text, spelling);
  const plain = characters.join('');
  const clean = redact(plain);
  if (clean === plain) return text;
  let at = 0;
  return characters
    .map((character, index) => {
      const piece = pieces[index] ?? '';
      const now = clean.slice(at, at + character.length);
      at += character.length;
      return now === character ? piece : piece === character ? now : spelling.redo(now, piece);
    })
    .join('');
}

/** Runs without an escape are one piece each, as long as they read. */
function read(
  text: string,
  { escapes, undo }: Spelling,
): { readonly characters: readonly string[]; readonly pieces: readonly string[] } {
  const characters: string[] = [];
  const pieces: string[] = [];
  let at = 0;
  for (const { 0: escaped, index } of text.matchAll(escapes)) {
    if (index > at) {
      characters.push(text.slice(at, index));
      pieces.push(text.slice(at, index));
    }
    for (const [character, piece] of undo(escaped)) {
      characters.push(character);
      pieces.push(piece);
    }
    at = index + escaped.length;
  }
  characters.push(text.slice(at));
  pieces.push(text.slice(at));
  return { characters, pieces };
}

/** UTF-8, where it is; else a character a byte. */
function percent(escaped: string): readonly (readonly [string, string])[] {
  let whole: string;
  try {
    whole = decodeURIComponent(escaped);
  } catch {
    return (escaped.match(/.{3}/g) ?? []).map(
      (piece) => [String.fromCharCode(Number.parseInt(piece.slice(1), 16)), piece] as const,
    );
  }
  let at = 0;
  return Array.from(whole, (character) => {
    const point = character.codePointAt(0) ?? 0;
    const bytes = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
    const piece = escaped.slice(at, at + bytes * 3);
    at += bytes * 3;
    return [character, piece] as const;
  });
}
