import { describe, expect, it, test } from 'vitest';
import { ROM_STATES, type RomState } from '../fact.ts';
import { caseOf, deviceOf, vmOf, type CaseSketch } from '../fixtures/case.ts';
import { claimOf, found } from '../fixtures/found.ts';
import { whole } from '../fixtures/whole.ts';
import { romFit } from './rom-fit.ts';
import { romTold } from './rom-told.ts';

const FAILS = { guestOs: 'windows', mode: 'whole', symptom: 'code-43' } as const;
const CAUSES: readonly (readonly [RomState, string])[] = [
  ['empty', 'rom.file-empty'],
  ['bare-efi', 'rom.bare-efi'],
  ['no-rom', 'rom.invalid'],
  ['cut-off', 'rom.incomplete'],
  ['gop-only', 'rom.incomplete'],
  ['other-generation', 'rom.gop-mismatch'],
  ['legacy-only', 'rom.no-efi-image'],
  ['other-digest', 'rom.digest-mismatch'],
];

describe.each(CAUSES)('a ROM that is told to be %s', (state, id) => {
  it('is the cause where the whole device fails in Windows', () => {
    expect(found(romTold, { facts: { ...FAILS, romState: state } })).toEqual([`${id} cause certain`]);
  });

  it.each<NonNullable<CaseSketch['facts']>>([
    { outcome: 'works' },
    { outcome: 'works', symptom: 'no-firmware-picture' },
    { outcome: 'works', symptom: 'no-audio' },
  ])('is no cause of %j', (facts) => {
    expect(
      found(romTold, { facts: { guestOs: 'windows', mode: 'whole', ...facts, romState: state } }),
    ).toEqual([`${id} warning certain`]);
  });

  it('says what to do, and explains Code 43', () => {
    const claim = claimOf(romTold, claimId(state), { facts: { ...FAILS, romState: state } });
    expect(claim.explains).toContain('guest.code43');
    expect(claim.fix?.steps).not.toEqual([]);
  });

  it('is nothing to a card of another vendor', () => {
    expect(found(romTold, { facts: { ...FAILS, graphics: 'nvidia', romState: state } })).toEqual([]);
  });
});

function claimId(state: RomState) {
  const [claim] = romTold.conclude(caseOf({ facts: { ...FAILS, romState: state } }));
  return claim?.id ?? 'unknown';
}

test('every state has a meaning, and only a ROM without GOP is no trouble', () => {
  expect(Object.keys(ROM_STATES).toSorted()).toEqual(
    [...CAUSES.map(([state]) => state), 'no-gop'].toSorted(),
  );
});

test.each(['bare-efi', 'no-rom', 'cut-off'] as const)(
  'a virtual function needs no ROM, so %s is none of it',
  (romState) => {
    expect(found(romTold, { facts: { ...FAILS, mode: 'vf', romState } })[0]).toContain(' warning ');
  },
);

test('a ROM for the old BIOS is right under SeaBIOS, and no other is', () => {
  const facts = { ...FAILS, romState: 'legacy-only' } as const;
  const cause = ['rom.no-efi-image cause certain'];
  expect(found(romTold, { facts: { ...facts, firmware: 'seabios' } })).toEqual([]);
  expect(found(romTold, { facts: { ...facts, firmware: 'ovmf' } })).toEqual(cause);
  expect(found(romTold, { facts: { ...facts, firmware: ['seabios', 'ovmf'] } })).toEqual(cause);
  expect(found(romTold, { facts: { ...FAILS, firmware: 'seabios', romState: 'no-rom' } })).toEqual([
    'rom.invalid cause certain',
  ]);
});

test.each<readonly [NonNullable<CaseSketch['facts']>, 'cause' | 'warning']>([
  [{ romState: 'empty' }, 'cause'],
  [{ romState: 'empty', mode: 'vf', guestOs: 'linux' }, 'cause'],
  [{ romState: 'empty', outcome: 'works', symptom: 'code-43' }, 'warning'],
  [{ romState: 'cut-off' }, 'warning'],
  [{ romState: 'cut-off', outcome: 'fails' }, 'cause'],
  [{ romState: 'cut-off', symptom: 'no-audio' }, 'cause'],
  [{ romState: 'cut-off', outcome: 'fails', mode: 'vf' }, 'warning'],
  [{ romState: 'cut-off', outcome: 'fails', mode: 'mdev' }, 'warning'],
  [{ romState: 'cut-off', outcome: 'fails', guestOs: 'linux' }, 'warning'],
  [{ romState: 'cut-off', guestOs: 'linux', symptom: 'no-picture' }, 'cause'],
  [{ romState: 'cut-off', guestOs: 'linux', symptom: 'no-firmware-picture' }, 'cause'],
  [{ romState: 'cut-off', guestOs: 'linux', symptom: 'corrupt-picture' }, 'cause'],
  [{ romState: 'gop-only', guestOs: 'linux', outcome: 'fails' }, 'cause'],
  [{ romState: 'gop-only', guestOs: 'bsd', outcome: 'fails' }, 'warning'],
  [{ romState: 'gop-only', guestOs: 'linux', symptom: 'no-audio' }, 'warning'],
])('%j is a %s', (facts, severity) => {
  expect(found(romTold, { facts })).toEqual([expect.stringContaining(` ${severity} certain`)]);
});

test('each state is told once, with every line that says so, and explains what comes of it', () => {
  const facts = { ...FAILS, romState: ['cut-off', 'no-gop', 'cut-off', 'no-rom'] } as const;
  const explains =
    'explains guest.code43 rom.missing rom.invalid rom.digest-mismatch rom.gop-mismatch guest.display-enumeration opregion.not-passed host.dma-faults';
  expect(whole(romTold, caseOf({ facts }))).toEqual([
    'rom.incomplete cause certain: The ROM file is not whole',
    '< romState: cut-off',
    '< romState: cut-off',
    'steps host host',
    explains,
    'rom.invalid cause certain: The file that is given as a ROM is none',
    '< romState: no-rom',
    'steps host host',
    explains,
  ]);
});

describe('whether the ROM’s GOP driver is for the iGPU', () => {
  const dark = { guestOs: 'windows', mode: 'whole', symptom: 'no-picture' } as const;

  it.each([
    ['N100', 'SKL_CML_GOPv9_igd.rom'],
    ['i9-13900K', 'j4125-q10.rom'],
    ['i5-8500', '12-n100-q10.rom'],
    ['i7-4770', 'coffeelake.rom'],
    ['J5005', 'ADL-N_TWL_GOPv21_igd.rom'],
  ])('%s with %s: it is not', (cpu, romName) => {
    expect(found(romFit, { facts: { ...dark, cpu, romName } })).toEqual(['rom.gop-mismatch cause likely']);
    expect(found(romFit, { facts: { mode: 'whole', cpu, romName, outcome: 'works' } })).toEqual([
      'rom.gop-mismatch info possible',
    ]);
  });

  it.each([
    ['N100', '12-n100-q10.rom'],
    ['N100', 'RKL_TGL_ADL_RPL_GOPv17_igd.rom'],
    ['i7-8700', 'SKL_CML_GOPv9_igd.rom'],
    ['i5-12400', 'my.rom'],
    ['Ryzen 7 5800X', 'SKL_CML_GOPv9_igd.rom'],
  ])('%s with %s: nothing speaks against it', (cpu, romName) => {
    expect(found(romFit, { facts: { ...dark, cpu, romName } })).toEqual([]);
  });

  it('counts the ROM of the VM, and not those that were tried besides', () => {
    const vms = [vmOf({ devices: [deviceOf({ romfile: '12-n100-q10.rom' })] })];
    expect(found(romFit, { facts: { ...dark, cpu: 'N100', romName: 'SKL_CML_GOPv9_igd.rom' }, vms })).toEqual(
      [],
    );
  });

  it('hears whose the ROM is', () => {
    expect(found(romFit, { facts: { ...dark, cpu: 'i5-12400', romFor: 'my old i7-8700' } })).toEqual([
      'rom.gop-mismatch cause likely',
    ]);
  });

  it('is nothing to a virtual function', () => {
    expect(found(romFit, { facts: { ...dark, mode: 'vf', cpu: 'N100', romName: 'GOPv9.rom' } })).toEqual([]);
  });
});

describe('a ROM without GOP', () => {
  it.each<NonNullable<CaseSketch['facts']>>([{ romName: 'Universal_noGOP_igd.rom' }, { romState: 'no-gop' }])(
    '%j answers who misses the firmware’s picture, and nothing else',
    (facts) => {
      expect(
        found(romFit, { facts: { ...facts, outcome: 'works', symptom: 'no-firmware-picture' } }),
      ).toEqual(['rom.no-gop contributing certain']);
      expect(found(romFit, { facts: { ...facts, outcome: 'works' } })).toEqual(['rom.no-gop info certain']);
      expect(found(romFit, { facts: { ...facts, symptom: 'code-43' } })).toEqual(['rom.no-gop info certain']);
    },
  );
});
