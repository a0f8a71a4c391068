import type { RomView } from './view.ts';

/** Longest text that is taken from a file in one piece, in characters. */
const LONGEST = 120;

/** A text in a driver and where it begins, counted in bytes from the start of the driver. */
export interface FoundText {
  readonly text: string;
  readonly offset: number;
}

/** The ASCII text at an offset up to its NUL; null if it is empty, not plain, or longer than so many characters. */
export function asciiAt(file: RomView, at: number, longest = LONGEST): string | null {
  return textAt((i) => (at + i < file.size ? file.u8(at + i) : 0), longest);
}

/** The same for UTF-16LE, as UEFI writes text. */
export function utf16At(file: RomView, at: number, longest = LONGEST): string | null {
  return textAt((i) => (at + i * 2 < file.size ? file.u16(at + i * 2) : 0), longest);
}

function textAt(unit: (index: number) => number, longest: number): string | null {
  let text = '';
  for (let i = 0; i <= longest; i += 1) {
    const code = unit(i);
    if (code === 0) return text === '' ? null : text;
    if (code < 0x20 || code > 0x7e) return null;
    text += String.fromCharCode(code);
  }
  return null;
}

/** Every UTF-16LE text of at least `shortest` characters that ends in a NUL, on even offsets; at most `most`. */
export function utf16Texts(file: RomView, shortest: number, most: number): FoundText[] {
  const found: FoundText[] = [];
  for (let at = 0; at + 1 < file.size && found.length < most; at += 2) {
    if (!isPlain(file.u16(at))) continue;
    let end = at;
    while (isPlain(file.u16(end)) && end - at < LONGEST * 2) end += 2;
    const text = file.u16(end) === 0 && (end - at) / 2 >= shortest ? utf16At(file, at) : null;
    if (text !== null) found.push({ text, offset: at });
    at = end;
  }
  return found;
}

function isPlain(unit: number): boolean {
  return unit >= 0x20 && unit <= 0x7e;
}

/** Where a sequence of bytes occurs, by name; at most `most` places each. */
export function findBytes<Name extends string>(
  file: RomView,
  wanted: Readonly<Record<Name, readonly number[]>>,
  most: number,
): Readonly<Record<Name, readonly number[]>> {
  const names = Object.keys(wanted) as Name[];
  const found = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  const byFirst = Array.from({ length: 256 }, (_, byte) => names.filter((name) => wanted[name][0] === byte));
  for (let at = 0; at < file.size; at += 1) {
    for (const name of byFirst[file.u8(at)] ?? []) {
      const bytes = wanted[name];
      if (found[name].length < most && bytes.every((byte, i) => file.u8(at + i) === byte))
        found[name].push(at);
    }
  }
  return found;
}

/** The bytes of a text in ASCII. */
export function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

/** The bytes of a text in UTF-16LE. */
export function utf16(text: string): number[] {
  return ascii(text).flatMap((code) => [code, 0]);
}
