import type { FamilyCode } from './families.ts';

/**
 * What Intel calls the graphics of its processors, as lspci, drivers and people write it, first match wins; several
 * families where the name is shared. Source: Intel's product pages and the names in pci.ids.
 */
const NAMES: readonly (readonly [RegExp, ...FamilyCode[]])[] = [
  [/\buhd(?: graphics)? ?60[05]\b/, 'GLK'],
  [/\buhd(?: graphics)? ?6[123]\d\b/, 'CFL', 'CML', 'KBL', 'WHL', 'AML'],
  [/\buhd(?: graphics)? ?750\b/, 'RKL'],
  [/\buhd(?: graphics)? ?710\b/, 'ADL-S', 'RPL-S'],
  [/\buhd(?: graphics)? ?730\b/, 'ADL-S', 'RPL-S', 'RKL'],
  [/\buhd(?: graphics)? ?770\b/, 'ADL-S', 'RPL-S'],
  [/\bhd(?: graphics)? ?(?:2000|3000)\b/, 'SNB'],
  [/\bhd(?: graphics)? ?(?:2500|4000)\b/, 'IVB'],
  [/\bhd(?: graphics)? ?(?:4[246]00|5000)\b|\biris(?: pro)?(?: graphics)? ?5[12]00\b/, 'HSW'],
  [/\bhd(?: graphics)? ?(?:5[356]00|6000)\b|\biris(?: pro)?(?: graphics)? ?6[12]00\b/, 'BDW'],
  [/\bhd(?: graphics)? ?40[05]\b/, 'CHV'],
  [/\bhd(?: graphics)? ?50[05]\b/, 'BXT'],
  [/\bhd(?: graphics)? ?5[123]\d\b|\biris(?: pro)?(?: graphics)? ?5[458]\d\b/, 'SKL'],
  [/\bhd(?: graphics)? ?6[123]\d\b|\biris plus(?: graphics)? ?6[45]0\b/, 'KBL'],
  [/\biris plus(?: graphics)? ?6[45]5\b/, 'CFL'],
  [/\biris plus(?: graphics)?\b/, 'ICL'],
];

/** Families whose graphics may be called so, the likeliest first; none where no such name is found. */
export function familiesByGraphicsName(text: string): readonly FamilyCode[] {
  const plain = text.toLowerCase().replaceAll(/\(r\)|\(tm\)|[®™]/g, '');
  const [, ...codes] = NAMES.find(([pattern]) => pattern.test(plain)) ?? [null];
  return codes;
}
