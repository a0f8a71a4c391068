import { describe, expect, it } from 'vitest';
import { caseOf, type CaseSketch } from '../fixtures/case.ts';
import { advice, claimOf, found } from '../fixtures/found.ts';
import { whole } from '../fixtures/whole.ts';
import { romFit } from './rom-fit.ts';

type Told = NonNullable<CaseSketch['facts']>;
const WRONG = { guestOs: 'windows', cpu: 'N100', romName: 'SKL_CML_GOPv9_igd.rom' } as const;

describe('a ROM whose GOP driver is of other graphics', () => {
  it.each<readonly [Told, string]>([
    [{ symptom: 'no-picture' }, 'cause likely'],
    [{ symptom: 'code-43' }, 'cause likely'],
    [{ symptom: 'no-picture', outcome: 'works' }, 'contributing likely'],
    [{ outcome: 'works' }, 'info possible'],
    [{ outcome: 'fails' }, 'warning possible'],
    [{}, 'warning possible'],
  ])('%j: %s', (told, how) => {
    expect(found(romFit, { facts: { ...WRONG, ...told } })).toEqual([`rom.gop-mismatch ${how}`]);
  });

  it.each<Told>([
    { ...WRONG, mode: 'vf' },
    { ...WRONG, mode: 'mdev' },
    { ...WRONG, graphics: 'nvidia', device: '10de:2204' },
    { guestOs: 'windows', romName: WRONG.romName },
    { ...WRONG, cpu: 'Pentium 4' },
    { ...WRONG, romName: ['SKL_CML_GOPv9_igd.rom', '12-n100-q10.rom'] },
    { ...WRONG, romFor: 'N100' },
    { cpu: 'N100', romFor: 'my own' },
  ])('is not shown by %j', (facts) => {
    expect(found(romFit, { facts: { symptom: 'no-picture', ...facts } })).toEqual([]);
  });

  it('is told with all that shows it, and the ROM to take', () => {
    const facts = {
      ...WRONG,
      device: '8086:46d1',
      romFor: 'C:\\roms/i7-8700',
      symptom: 'no-picture',
    } as const;
    expect(whole(romFit, caseOf({ facts }))).toEqual([
      'rom.gop-mismatch cause likely: The ROM’s GOP driver is for other graphics than Alder Lake-N / Twin Lake',
      '< romName: SKL_CML_GOPv9_igd.rom',
      '< romFor: C:\\roms/i7-8700',
      '< device: 8086:46d1',
      '< cpu: N100',
      expect.stringMatching(/^> romfile .+\.rom$/),
      'steps host',
      'answers no-firmware-picture',
      'explains guest.code43 guest.display-enumeration host.stolen-memory',
    ]);
    expect(advice(claimOf(romFit, 'rom.gop-mismatch', { facts }))).toContain('code43 rom fetch ');
  });
});

describe('a ROM without GOP', () => {
  const NO_GOP = { cpu: 'N100', romName: 'Universal_noGOP_igd.rom' } as const;

  it('is exchanged only where its picture is missed', () => {
    const missed = { ...NO_GOP, symptom: 'no-firmware-picture' } as const;
    expect(whole(romFit, caseOf({ facts: missed }))).toEqual([
      'rom.no-gop contributing certain: The ROM has no GOP driver: no picture before the guest’s driver starts',
      '< romName: Universal_noGOP_igd.rom',
      '< symptom: no-firmware-picture',
      expect.stringMatching(/^> romfile /),
      'steps host',
      'answers no-firmware-picture',
    ]);
    expect(claimOf(romFit, 'rom.no-gop', { facts: { ...NO_GOP, symptom: 'no-picture' } }).fix).toBeNull();
  });

  it('of an iGPU that nobody names is exchanged for whichever fits', () => {
    const facts = { romState: 'no-gop', symptom: 'no-firmware-picture' } as const;
    const claim = claimOf(romFit, 'rom.no-gop', { facts });
    expect(claim.fix?.vm).toEqual([]);
    expect(advice(claim)).toBe('code43 igpu <your CPU> names ROMs for it');
  });
});
