import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { IGPU_FAMILIES } from './families.ts';
import { familyOfProcessor } from './processors.ts';

/** Names as `/proc/cpuinfo` prints them and as people write them, by family. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  SNB: ['i5-2400', 'Intel(R) Core(TM) i7-2600K CPU @ 3.40GHz', 'Pentium G620', 'Celeron 847', 'E3-1245'],
  IVB: ['i5-3470', 'i7-3840QM', 'Celeron 1037U', 'Pentium G2020', 'Xeon E3-1245 v2', 'i3 3220'],
  HSW: ['i5 4460', 'i7-4770K', 'Celeron 2955U', 'G3220', 'E3-1246 v3', 'i5-4200U'],
  BYT: ['J1900', 'N2930', 'Celeron(R) CPU N2840 @ 2.16GHz', 'Atom(TM) CPU E3845', 'Z3735F'],
  BDW: ['i7-5775C', 'i5-5200U', 'Core M-5Y71', 'Celeron 3205U', 'E3-1285L v4'],
  CHV: ['N3150', 'N3700', 'J3160', 'Intel(R) Atom(TM) x5-Z8350 CPU @ 1.44GHz'],
  SKL: ['i5-6500T', 'i7-6700', 'i7-6820HQ', 'm3-6Y30', 'G4400', 'E3-1245 v5', 'Celeron 3855U', 'G3900'],
  BXT: ['J3455', 'N3350', 'J4205', 'Atom x5-E3940', 'Pentium(R) CPU N4200 @ 1.10GHz', 'N3450'],
  GLK: [
    'J4125',
    'N4100',
    'J5005',
    'Pentium Silver N5030',
    'Celeron(R) J4105 CPU @ 1.50GHz',
    'N4020',
    'J4025',
  ],
  KBL: ['i7-7700', 'i3-7100U', 'Pentium G4620', 'G4560', 'i5-8250U', 'i7-8550U', 'E3-1245 v6', 'i7-8809G'],
  CFL: [
    'i5-8500T',
    'i7-9700K',
    'i3-8109U',
    'Xeon E-2276G',
    'Celeron G4900',
    'i5-8259U',
    'i9-9980HK',
    'G5400',
  ],
  WHL: ['i5-8265U', 'i7-8565U', 'Celeron 4205U', 'i5-8365UE'],
  AML: ['m3-8100Y', 'i5-8200Y', 'i7-8500Y'],
  CML: ['i9-10900K', 'i5-10400', 'i7-10710U', 'i3-10105T', 'G5905', 'G6400', 'W-1290P', 'i5-10210U', 'G6405'],
  ICL: ['i5-1035G1', 'i7-1065G7', 'i7-1060NG7', 'i3-1005G1'],
  EHL: ['x6425E', 'J6412', 'Intel Atom(R) x6211E Processor @ 1.30GHz', 'Celeron(R) J6413', 'N6211'],
  JSL: ['N5105', 'Pentium Silver N6005', 'Intel(R) Celeron(R) N5095 @ 2.00GHz', 'N4500', 'N5100'],
  TGL: [
    'i5-1135G7',
    '11th Gen Intel(R) Core(TM) i7-11800H @ 2.30GHz',
    'i5-11320H',
    'i3-1115G4E',
    'Pentium 7505',
  ],
  RKL: ['i7-11700', 'i5-11400T', 'E-2378G', 'W-1370', 'i9-11900K'],
  'ADL-S': ['i5-12400', 'i9-12900K', 'i9-12900HX', 'G6900', 'Pentium Gold G7400', 'i3-12100T'],
  'ADL-P': [
    '12th Gen Intel(R) Core(TM) i5-1240P',
    'i9-12900HK',
    'Pentium Gold 8505',
    'i7-1255U',
    'i5-12450H',
    'Celeron 7305',
  ],
  'ADL-N': [
    'N100',
    'Intel(R) N100',
    'i3-N305',
    'Core 3 N355',
    'Intel Twin Lake N150 (Beelink EQ14)',
    'x7425E',
    'N97',
  ],
  'RPL-S': ['i7-14700K', 'i9-13900K', 'i9-13900HX', 'i7-13700', 'Intel(R) Core(TM) i9-14900HX'],
  'RPL-P': ['i9-13900H', 'i7-1360P', 'i5-13500H', 'i5-1340P', 'Core 7 240H'],
  'RPL-U': ['i5-1335U', 'Core 5 120U', 'Intel(R) Core(TM) 7 150U', 'U300', 'i7-1355U'],
  MTL: ['Core Ultra 7 155H', 'Ultra 5 125H', 'Intel(R) Core(TM) Ultra 9 185H'],
  ARL: [
    'Core Ultra 9 285K',
    'Core Ultra 265K',
    'Core Ultra 265H',
    'Ultra 5 225H',
    'Intel(R) Core(TM) Ultra 7 255U',
  ],
  LNL: ['Core Ultra 7 258V', 'Ultra 5 226V'],
  PTL: ['Core Ultra 7 356 (Panther Lake)', 'Core Ultra X7 358H', 'Ultra 9 386H'],
  WCL: ['Wildcat Lake'],
  'NVL-S': ['Nova Lake'],
};

describe.each(Object.entries(NAMES))('%s', (code, names) => {
  it.each(names)('is what %s has', (name) => {
    expect(familyOfProcessor(name)).toMatchObject({ family: { code }, certain: true, noGraphics: false });
  });
});

test('every family is tested with a processor', () => {
  expect(Object.keys(NAMES).toSorted()).toEqual(IGPU_FAMILIES.map(({ code }) => code).toSorted());
});

test.each([
  'i5-12400F',
  'i9-10900KF',
  'i9-7900X',
  'i7-6850K',
  'E3-1230 v5',
  'Xeon E-2278',
  'Ultra 7 265KF',
  'i5-2550K',
])('%s has no graphics', (name) => {
  expect(familyOfProcessor(name)).toMatchObject({ noGraphics: true });
});

test.each([
  'E3-1260L',
  'E3-1585 v5',
  'i7-4980HQ',
  'i7-3920XM',
  'E-2176M',
  'i7-4790K',
  'i5-6402P',
  'i7-5850HQ',
])('%s has graphics', (name) => {
  expect(familyOfProcessor(name)).toMatchObject({ noGraphics: false });
});

test.each([
  ['i5-13400', ['RPL-S', 'ADL-S']],
  ['i3-13100', ['RPL-S', 'ADL-S']],
  ['i3-14100', ['RPL-S', 'ADL-S']],
  ['i5-13600', ['RPL-S', 'ADL-S']],
  ['i5-10210Y', ['AML', 'CML']],
  ['11th gen Intel', ['RKL', 'TGL']],
  ['Intel Raptor Lake-P [Iris Xe Graphics]', ['RPL-P', 'RPL-U']],
  ['Core 7 350', ['WCL', 'PTL']],
] as const)('%s leaves %j open, and so is not certain', (name, codes) => {
  const found = familyOfProcessor(name);
  expect(found?.candidates.map(({ code }) => code)).toEqual(codes);
  expect(found?.certain).toBe(false);
});

test.each([
  'AMD Ryzen 7 5800X',
  'AMD A10-7850K',
  'Ryzen 7 7840HS with Radeon 780M',
  'EPYC 7302P',
  'Raspberry Pi 5',
  'Skylake-Client-v4',
  'Haswell-noTSX-IBRS',
  'host,hidden=1,flags=+pcid',
  'x86-64-v2-AES',
  'i3-8121U',
  'i7-920',
  'Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz',
  '13th Gen Xeon',
  'Pentium G6950',
  'PCIe 4.0, 32 GB, i5 3200MHz memory',
  '',
])('%j says no Intel family', (name) => {
  expect(familyOfProcessor(name)).toBeNull();
});

test('marks, case and spacing change nothing', () => {
  const same = ['i5-8500T', 'I5-8500t', 'Core i5 8500T', 'Intel® Core™ i5-8500T CPU @ 2.10GHz', 'i5 - 8500T'];
  expect(new Set(same.map((name) => JSON.stringify(familyOfProcessor(name)))).size).toBe(1);
  expect(familyOfProcessor('10900K')).toEqual(familyOfProcessor('i9-10900K'));
});

test('no text throws', () => {
  const words = fc.constantFrom(
    'i5-',
    'Ultra ',
    'Core ',
    'Xeon ',
    'E3-',
    ' v',
    'N',
    'gen',
    '(R)',
    ' ',
    '1',
    '2',
    '0',
    'k',
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 40 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (name) => {
      const found = familyOfProcessor(name);
      expect(found === null || found.candidates[0] === found.family).toBe(true);
    }),
  );
});
