/** The words of an `args:` value, or why there are none. */
export type SplitArgs =
  | { readonly kind: 'words'; readonly words: readonly ArgWord[] }
  | ({ readonly kind: 'unbalanced' } & Unbalanced);

export interface ArgWord {
  readonly text: string;
  /** Where the word begins in the value, counted from 1; on its quote if it begins with one. */
  readonly column: number;
  /** The column after its last character. */
  readonly end: number;
}

interface Unbalanced {
  /** Where the quote or the last backslash stands, counted from 1. */
  readonly column: number;
  readonly reason: 'quote' | 'backslash';
}

/**
 * Splits an `args:` value as Proxmox does, that is as Perl's `Text::ParseWords::shellwords`: quotes may begin inside a
 * word; a backslash takes the next character as it is, but stays in single quotes (where it still guards a quote);
 * `""` is an empty word. After an unbalanced quote or a last backslash Perl returns nothing at all, and Proxmox
 * starts the VM without any of the args: `unbalanced`. Source: perl's Text/ParseWords.pm 3.31; compared with it.
 */
export function splitArgs(text: string): SplitArgs {
  const words: ArgWord[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const column = at + 1;
    let word = '';
    while (at < text.length && !isSpace(text[at])) {
      const piece = isQuote(text[at]) ? quoted(text, at) : bare(text, at);
      if ('reason' in piece) return { kind: 'unbalanced', ...piece };
      word += piece.text;
      at = piece.end;
    }
    words.push({ text: word, column, end: at + 1 });
    at = skipSpace(text, at);
  }
  return { kind: 'words', words };
}

type Piece = { readonly text: string; readonly end: number } | Unbalanced;

function quoted(text: string, start: number): Piece {
  const mark = text[start];
  let at = start + 1;
  while (at < text.length && text[at] !== mark) at += text[at] === '\\' ? 2 : 1;
  if (at >= text.length) return { column: start + 1, reason: 'quote' };
  const body = text.slice(start + 1, at);
  return { text: mark === '"' ? unescape(body) : body, end: at + 1 };
}

function bare(text: string, start: number): Piece {
  let at = start;
  while (at < text.length && !isSpace(text[at]) && !isQuote(text[at])) at += text[at] === '\\' ? 2 : 1;
  if (at > text.length) return { column: text.length, reason: 'backslash' };
  return { text: unescape(text.slice(start, at)), end: at };
}

function unescape(text: string): string {
  return text.replace(/\\(.)/gs, '$1');
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && isSpace(text[at])) at += 1;
  return at;
}

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'";
}

// Perl's \s on bytes.
function isSpace(character: string | undefined): boolean {
  return character !== undefined && ' \t\n\v\f\r'.includes(character);
}
