import type { FamilyCode } from './families.ts';
import { romsOfFamily } from './family-roms.ts';
import { familyOfProcessor } from './processors.ts';

/**
 * Families that a GOP driver of one line serves, by the versions in the files’ names of public ROM projects. 17 and 21
 * are one here: both are told to work on generation 12, so a name of either proves nothing against the other.
 */
const LINES: Readonly<Record<string, readonly FamilyCode[]>> = {
  '2': ['SNB'],
  '3': ['IVB'],
  '5': ['HSW', 'BDW'],
  '9': ['SKL', 'KBL', 'CFL', 'WHL', 'AML', 'CML'],
  '10': ['BXT'],
  '13': ['GLK'],
  '14': ['ICL'],
  '17': ['TGL', 'RKL', 'ADL-S', 'ADL-P', 'ADL-N', 'RPL-S', 'RPL-P', 'RPL-U'],
  '18': ['JSL', 'EHL'],
  '22': ['MTL', 'ARL'],
  '23': ['LNL'],
};
const SAME: Readonly<Record<string, string>> = { '21': '17', '4': '3', '6': '5' };

/** Names of graphics and of families as files are called; the longer first where one begins like another. */
const NAMED: readonly (readonly [RegExp, string])[] = [
  [/\bsnb\b|sandy|\bhd ?[23]000\b/, '2'],
  [/\bivb\b|ivy|\bhd ?(?:2500|4000)\b/, '3'],
  [/\bhsw\b|\bbdw\b|haswell|broadwell|\bhd ?(?:4[246]00|5[056]00|5300|6000)\b/, '5'],
  [
    /\b(?:skl|kbl|cfl|whl|cml)\b|(?:sky|kaby|coffee|whisk[e]?y|comet) ?lake|\b(?:u?hd) ?(?:5[13]0|520|6[1-5]0|615|6[25]5)\b/,
    '9',
  ],
  [/\b(?:bxt|apl)\b|apollo ?lake|\bhd ?50[05]\b/, '10'],
  [/\bglk\b|gemini ?lake|\buhd ?60[05]\b/, '13'],
  [/\bicl\b|ice ?lake/, '14'],
  [/\b(?:jsl|ehl)\b|(?:jasper|elkhart) ?lake/, '18'],
  [/\b(?:tgl|rkl|adl|rpl|twl)\b|(?:tiger|rocket|alder|raptor|twin) ?lake|\buhd ?7[357]0\b|\badln\b/, '17'],
  // i915ovmf drives generation 9 of the graphics, and is told of on some before.
  ...['5', '9', '10', '13'].map((line) => [/\bi915 ?ovmf/, line] as const),
  [/\b(?:mtl|arl)\b|(?:meteor|arrow) ?lake/, '22'],
  [/\blnl\b|lunar ?lake/, '23'],
];

/** By a generation, of processors or of graphics: who writes "gen 8" may mean either. */
const BY_GENERATION: Readonly<Record<string, readonly string[]>> = {
  '6': ['2', '9'],
  '7': ['3', '5', '9'],
  '8': ['5', '9'],
  '9': ['9'],
  '10': ['9', '14'],
  '11': ['14', '17', '18'],
  '12': ['17'],
  '13': ['17'],
  '14': ['17', '22'],
};
const GENERATION = /\bgen(?:eration)? ?(\d{1,2})(?: 5)?\b|\b(\d{1,2})(?:th)? ?gen\b/;

/** The line of GOP drivers of a family; null where none is known. */
export function gopLineOf(code: FamilyCode): string | null {
  return Object.entries(LINES).find(([, codes]) => codes.includes(code))?.[0] ?? null;
}

/**
 * The lines of GOP drivers that a ROM is for, by the name of its file or by whose it is said to be; empty where that
 * says nothing.
 */
export function gopLinesOfRom(name: string): readonly string[] {
  const file = (name.split(/[\\/]/).pop() ?? '').replace(/\.\w{2,5}$/, '').slice(0, 120);
  const known = Object.entries(LINES).filter(([, codes]) => codes.some((code) => isOf(code, file)));
  if (known.length > 0) return known.map(([line]) => line);
  const words = file.toLowerCase().replace(/[_.+-]+/g, ' ');
  const version = /\bgop ?v? ?(\d{1,2})(?!\d)/.exec(words)?.[1];
  const named = NAMED.filter(([pattern]) => pattern.test(words)).map(([, line]) => line);
  if (named.length > 0) return named;
  const generation = GENERATION.exec(words);
  const generations = BY_GENERATION[generation?.[1] ?? generation?.[2] ?? ''];
  const line = version === undefined ? undefined : (SAME[version] ?? version);
  if (line !== undefined && line in LINES) return [line];
  if (generations !== undefined) return generations;
  const family = familyOfProcessor(file.replace(/[_+]/g, ' '));
  return family === null ? [] : [...new Set(family.candidates.flatMap(({ code }) => gopLineOf(code) ?? []))];
}

function isOf(code: FamilyCode, file: string): boolean {
  return romsOfFamily(code).some(
    (ref) => ref.slice(ref.lastIndexOf('/') + 1).toLowerCase() === file.toLowerCase(),
  );
}

/** Whether the name of a ROM says that it has no GOP driver. */
export function hasNoGopByName(name: string): boolean {
  return /no[-_ ]?gop/i.test(name);
}
