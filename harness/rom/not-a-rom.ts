import type { RomFacts } from './facts.ts';

/** Beginnings of files that people get in place of a ROM. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/^\s*(?:<!doctype html|<html|<head|<body)/i, 'a web page, such as a login or an error page'],
  [/^\s*<\?xml/i, 'an XML document'],
  [/^\s*[[{]/, 'a JSON document, such as an error message'],
  [/^version https:\/\/git-lfs/, 'a Git LFS pointer, not the file it stands for'],
  [/^PK\x03\x04/, 'a ZIP archive: unpack it and give the .rom in it'],
  [/^\x1f\x8b/, 'a gzip file: unpack it and give the .rom in it'],
  [/^7z\xbc\xaf/, 'a 7-Zip archive: unpack it and give the .rom in it'],
  [/^Rar!/, 'a RAR archive: unpack it and give the .rom in it'],
  [/^MZ/, 'a bare EFI driver, which EfiRom has to wrap as an option ROM first'],
];

/**
 * Says what a file is that is no option ROM. In: its bytes and what `readRom` said of them. Out: null if at least one
 * image was read, whether or not firmware would execute it.
 */
export function notARom(bytes: Uint8Array, facts: RomFacts): string | null {
  if (facts.images.length > 0) return null;
  if (bytes.length === 0) return 'an empty file';
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  const other = OTHERS.find(([beginning]) => beginning.test(head));
  return other?.[1] ?? `no option ROM (${facts.findings[0]?.text ?? 'nothing in it could be read'})`;
}
