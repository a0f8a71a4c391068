import type { RomState } from '../../fact.ts';

/** The first row of `xxd`, `hexdump -C`, `od`: offset 0 and what stands there. */
const ROW = /(?:^|[\s("'`|])0{4,8}:? {1,3}((?:[0-9a-f]{2,4} ?){2,16})/i;
const SPOKEN =
  /\b(?:first|leading) (?:\w{1,6} )?bytes?\b[^0-9a-z]{0,4}(?:are |is |read |were )?((?:(?:0x)?[0-9a-f]{2,4}[ ,]{0,2}){1,8})|\b(?:starts?|begins?|starting|beginning) (?:with|by|mit)\b[ "'`(]{0,3}((?:(?:0x)?[0-9a-f]{2,4}[ ,]{0,2}){1,8})(?![a-z])/i;
/** By their first bytes. `od` and plain `hexdump` print words with the bytes swapped. */
const MAGIC: readonly (readonly [RegExp, RomState | 'rom'])[] = [
  [/^(?:55aa|aa55)/, 'rom'],
  [/^(?:4d5a|5a4d)/, 'bare-efi'],
  // Zip, gzip, 7z, RAR, xz, bzip2, PDF, ELF; "<!", "<h", "ve(rsion)" of Git LFS, "{"; a tar has no mark at its start.
  [
    /^(?:504b|4b50|1f8b|8b1f|377a|7a37|5261|6152|fd37|37fd|425a|5a42|2550|5025|7f45|457f|3c21|213c|3c68|683c|3c48|483c|0a3c|3c0a|0d0a|7665|6576|7b22|227b|4e6f|6f4e)/,
    'no-rom',
  ],
  [/^(?:0{8,}|f{8,})/, 'no-rom'],
];
const WORDS: readonly (readonly [RegExp, RomState | 'rom'])[] = [
  // What `head -c` or `cat` printed of it.
  [/<!doctype html|<html[\s>]|<head>|\bversion https:\/\/git-lfs\b/i, 'no-rom'],
  [
    /\b(?:starts?|begins?|starting|beginning|beginnt|first (?:two |2 )?(?:bytes|letters|characters))\b[^.;]{0,20}\bMZ\b|\bMZ[- ](?:header|magic|signature|stub|executable)\b|\bMZ\b at (?:offset |position |byte )?(?:0|zero|the (?:start|beginning|front))/,
    'bare-efi',
  ],
  [/\b(?:starts?|begins?|first bytes?)\b[^.;]{0,20}(?:<!doctype|<html|\bPK\b|\bgit-lfs\b)/i, 'no-rom'],
  [
    /\b(?:all|only|nothing but|just|full of|filled with)\b[^.;,]{0,12}\b(?:zero(?:e?s)?|null bytes|0x00|00s?|0xff|ff(?:'?s| bytes)?)\b/i,
    'no-rom',
  ],
  [
    /\b(?:no|without|lacks?|missing|kein\w*) (?:a |an |the |any |valid )*(?:0x)?(?:55 ?aa|aa ?55)\b|\b(?:55 ?aa|0xaa55)\b (?:is )?(?:missing|absent|not there)|\bno (?:valid )?(?:rom|option rom|pci rom) (?:signature|header)\b/i,
    'no-rom',
  ],
];

/** What the first bytes of a file make of it, as pasted or told; `rom` where they are a ROM's. */
export function firstBytesIn(text: string): RomState | 'rom' | null {
  const spoken = SPOKEN.exec(text);
  const found = ROW.exec(text)?.[1] ?? spoken?.[1] ?? spoken?.[2];
  const bytes = found?.replace(/0x|[ ,]/gi, '').toLowerCase() ?? '';
  const by = bytes.length < 4 ? undefined : MAGIC.find(([magic]) => magic.test(bytes));
  return by?.[1] ?? WORDS.find(([words]) => words.test(text))?.[1] ?? null;
}
