import type { Part } from '../../part.ts';
import { lineQuote } from '../line-quote.ts';
import type { Word } from '../vm-draft/qemu-option.ts';

const EMULATOR = /(?:^|[/\s'"])(?:qemu-system-[a-z0-9_]{1,20}|kvm|qemu-kvm|qemu)['"]?(?=\s|$|\\)/;
/** What QEMU says itself begins so; it quotes options that must not be taken for the command's. */
const SAID = /(?:^|\s|Z )(?:qemu-system-[a-z0-9_]{1,20}|kvm|qemu-kvm): /;
/** A line that goes on with a command may name an accelerator that is called as an emulator is: `-accel kvm`. */
const OPTION = /^\s{0,200}['"]?-/;
const MAX_TEXT = 200_000;

/**
 * The words of the last command in the text, split as a shell does, each with its line. A word of JSON may also stand
 * without its quotes, as `ps` shows it. An open quote goes to the end.
 */
export function commandWords(part: Part): readonly Word[] {
  const first = Math.max(0, lastStart(part));
  const after = part.lines.slice(first);
  const end = after.findIndex(({ text }) => SAID.test(text));
  const lines = end < 0 ? after : after.slice(0, end);
  const starts: number[] = [];
  let text = '';
  for (const line of lines) {
    if (text.length > MAX_TEXT) break;
    starts.push(text.length);
    // A backslash at the end only says that the command goes on.
    text += `${line.text.replace(/\\?\s{0,200}$/, '')}\n`;
  }
  let at = 0;
  return split(text).map(({ word, from }) => {
    while (at + 1 < starts.length && (starts[at + 1] ?? Infinity) <= from) at++;
    return { text: word, quote: lineQuote(part, lines[at] ?? { n: part.from, text: '' }) };
  });
}

/** The line in which the last command begins; -1 where none names an emulator. */
function lastStart({ lines }: Part): number {
  return lines.findLastIndex(
    ({ text }) => EMULATOR.test(text.slice(0, 4_000)) && !SAID.test(text) && !OPTION.test(text),
  );
}

interface Split {
  readonly word: string;
  readonly from: number;
}

function split(text: string): Split[] {
  const words: Split[] = [];
  let at = 0;
  while (at < text.length) {
    if (isSpace(text[at])) {
      at++;
      continue;
    }
    const { word, end } = text[at] === '{' ? json(text, at) : shellWord(text, at);
    words.push({ word, from: at });
    at = Math.max(end, at + 1);
  }
  return words;
}

function shellWord(text: string, from: number): { word: string; end: number } {
  let word = '';
  let quote = '';
  let at = from;
  for (; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quote === '' && isSpace(character)) break;
    if (character === '\\' && quote !== "'") word += text[++at] ?? '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = '';
    else word += character;
  }
  return { word, end: at };
}

/** To the brace that closes the first one. */
function json(text: string, from: number): { word: string; end: number } {
  let depth = 0;
  let inText = false;
  for (let at = from; at < text.length && text[at] !== '\n'; at++) {
    const character = text[at];
    if (inText && character === '\\') at++;
    else if (character === '"') inText = !inText;
    else if (!inText && character === '{') depth++;
    else if (!inText && character === '}' && --depth === 0)
      return { word: text.slice(from, at + 1), end: at + 1 };
  }
  return shellWord(text, from);
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === '\t' || character === '\r';
}
