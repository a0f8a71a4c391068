import type { Fact } from '../fact.ts';
import type { Part } from '../part.ts';
import { placed, quoteOf, said, type Reading } from './reading.ts';

const DIGEST = /(?<![0-9a-f])([0-9a-f]{64})(?![0-9a-f])/i;
const FILE = /(?:^|[\s(*'"`/\\])([\w.@+~-]{1,120}\.(?:rom|bin|efi|ffs|dump|vbios|fd))\b/i;
/** `file: /usr/share/kvm/n100.rom`, as a collection says above what it says of that file. */
const HEAD = /^\s{0,8}(?:file|path)\s?:\s*(?:\S{0,400}[/\\])?([^/\\\s]{1,120})\s*$/i;
const NOT_OURS = /\b(?:iso|image|installer|package|deb|commit|tarball|zip)\b/i;

/**
 * Reads sha256 sums of ROM files: `sha256sum`, `Get-FileHash`, `SHA256 (file) = …`, what `code43 collect` says of them,
 * and sentences. Of a sum it gives the file's name, where that stands there. Pure; never throws.
 */
export function readRomDigests(part: Part): Reading {
  return { facts: digestsIn(part), notUnderstood: [] };
}

/** The same of a part that says other things as well. */
export function digestsIn(part: Part): readonly Fact[] {
  let above = '';
  return part.lines.flatMap((line) => {
    const text = line.text.slice(0, 1_000);
    above = HEAD.exec(text)?.[1] ?? (text.trim() === '' ? '' : above);
    const digest = DIGEST.exec(text)?.[1];
    const file = FILE.exec(text.replace(DIGEST, ' '))?.[1] ?? above;
    const ours = file !== '' || /\b(?:rom|romfile|vbios)\b/i.test(text);
    if (digest === undefined || !ours || NOT_OURS.test(text)) return [];
    return placed(
      [said('romDigest', `${digest.toLowerCase()} ${file}`.trim())],
      'machine',
      quoteOf(part, line),
    );
  });
}
