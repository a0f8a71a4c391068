import type { RomState } from '../../fact.ts';

const LISTED = /^[-l][rwxsStT-]{9}[.+@]?\s+\d{1,4}\s+\S{1,40}\s+\S{1,40}\s+(\d{1,12})\s/;
const SIZE =
  /(?<![\w.,:-])(\d{1,3}(?:[ .,]\d{3}){1,3}|\d{1,10}(?:[.,]\d{1,3})?) ?(bytes?|b|k(?:i?b)?|m(?:i?b)?|octets)\b(?![-\w])/gi;
const EMPTY =
  /(?<![\d.,])0 ?(?:bytes?|b|kb|octets)\b(?! (?:free|lost|errors?))|\bzero[- ](?:bytes?|length|size)\b|\bsize(?: is| of)?[:= ]{1,3}0(?![\d.x])|\b(?:rom|file|romfile)\b[^.;,]{0,40}\b(?:is|was|came out|seems|turned out|ended up|stays|ist)\b(?: \w{1,10}){0,2} (?:empty|leer)\b|\bempty (?:rom|file)\b|\bleere (?:rom|datei)/i;
/** What is empty is where a file would be named, or nothing is. */
const FIELD =
  /\bnot empty\b|\b(?:field|box|text ?box|entry|setting|option|line|path|input|dropdown|form|feld|eintrag|champ|campo)\b[^.;]{0,24}\b(?:empty|leer|vide|vac[ií]o)\b|\bempty (?:rom )?(?:field|box|entry|setting|path|line)\b|\b(?:left|leave|kept?|is left) (?:it |that |blank|empty)/i;
const CUT =
  /\bran off the end\b|\btruncated\b|\bcut[- ]off\b|\bcut short\b|\b(?:download|transfer|copy|upload|scp|wget|curl|usb stick)\b[^.;]{0,30}\b(?:interrupted|aborted|cancel+ed|incomplete|broke (?:off|down)|stopped|died|timed out|abgebrochen|unvollständig)\b|\b(?:incomplete|partial|unfinished|aborted|interrupted|half) (?:download|file|copy|transfer|rom)\b|\bonly (?:half|part|a part|the first \S{1,8}(?: [kM]i?B)?) of (?:it|the (?:file|rom))\b|\b(?:abgeschnitten|abgebrochen)\b|\bno space left on device\b/i;
const SHOULD =
  /\b(?:should|expected|ought|original|release|published|github|page|says|states|supposed|instead of|rather than|must|real|right|correct|of (?=\d)|soll\w*|statt)\b/i;
const BUILT =
  /\b(?:rom(?:file)?|build|built|compiled|efirom|result|output)\b.{0,80}\b(?:only|just|is|has|result|size|came out|comes out|gave|gives|are|of|with)\b/i;
const IN_BYTES = /\d ?(?:bytes|kb|kib|octets)\b/i;

/** What sizes that are told or listed say of the file; null where they say nothing. */
export function sizeIn(text: string): RomState | null {
  const listed = LISTED.exec(text)?.[1];
  if (listed !== undefined) return Number(listed) === 0 ? 'empty' : null;
  if (EMPTY.test(text) && !FIELD.test(text)) return 'empty';
  if (CUT.test(text) && !/\b(?:not|isn't|wasn't|never) (?:truncated|cut|interrupted)/i.test(text))
    return 'cut-off';
  const sizes = [...text.matchAll(SIZE)].slice(0, 6).map(([, number = '', unit = '']) => bytes(number, unit));
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  if (sizes.length > 1 && SHOULD.test(text) && least < most * 0.97) return 'cut-off';
  // The driver that hands over the OpRegion alone fills 20 KB (IgdAssignmentDxe of public builds).
  if (sizes.length === 1 && least >= 512 && least < 12_288 && BUILT.test(text) && IN_BYTES.test(text))
    return 'cut-off';
  // Whatever it is, a ROM has more than its header.
  return sizes.length === 1 && least < 512 && /\b(?:only|just|has|is|file|size)\b/i.test(text)
    ? 'no-rom'
    : null;
}

function bytes(number: string, unit: string): number {
  const whole = /[ .,]\d{3}(?:$|[ .,])/.test(number) && /^(?:b|o)/i.test(unit);
  const value = Number(whole ? number.replace(/[ .,]/g, '') : number.replace(',', '.').replace(/ /g, ''));
  return value * (/^k/i.test(unit) ? 1024 : /^m/i.test(unit) ? 1_048_576 : 1);
}
