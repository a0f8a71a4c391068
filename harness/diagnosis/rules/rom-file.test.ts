import { describe, expect, it } from 'vitest';
import { readContents } from '../../rom/contents.ts';
import { driverPe } from '../../rom/fixtures/igd-rom.ts';
import { readRom } from '../../rom/read.ts';
import { writeTestRom } from '../../rom/write.ts';
import type { RomSeen } from '../case.ts';
import { caseOf, type CaseSketch } from '../fixtures/case.ts';
import { advice } from '../fixtures/found.ts';
import { whole } from '../fixtures/whole.ts';
import { romFile } from './rom-file.ts';

const IDS = { vendor: '8086', device: '46d1' };
const FAILS = { guestOs: 'windows', mode: 'whole', symptom: 'code-43' } as const;

function seen(bytes: Uint8Array): Partial<RomSeen> {
  const facts = readRom(bytes);
  return { facts, contents: readContents(bytes, facts) };
}

function found(bytes: Uint8Array, facts: CaseSketch['facts'] = FAILS): readonly string[] {
  return romFile
    .conclude(caseOf({ facts, roms: [seen(bytes)] }))
    .map(({ id, severity }) => `${id} ${severity}`);
}

const BAD = [
  ['rom.file-empty', new Uint8Array()],
  ['rom.bare-efi', driverPe({})],
  ['rom.no-efi-image', writeTestRom('legacy-only', IDS)],
  ['rom.invalid', writeTestRom('bad-header', IDS)],
  ['rom.invalid', new TextEncoder().encode('<!DOCTYPE html><html><body>404 not found</body></html>')],
] as const;

describe.each(BAD)('%s', (id, bytes) => {
  it('is the cause where the whole device fails in Windows', () => {
    expect(found(bytes)).toEqual([`${id} cause`]);
  });

  it('explains Code 43, points at the file, and says what to do', () => {
    const [claim] = romFile.conclude(caseOf({ facts: FAILS, roms: [seen(bytes)] }));
    expect(claim?.explains).toContain('guest.code43');
    expect(claim?.evidence).toEqual([{ input: 'igpu.rom', line: 0, text: 'igpu.rom' }]);
    expect(claim === undefined ? '' : advice(claim)).not.toBe('');
  });
});

describe.each(BAD.filter(([id]) => id !== 'rom.file-empty'))('%s is no cause', (id, bytes) => {
  it.each([
    ['where it works', { guestOs: 'windows', outcome: 'works' }],
    ['where nothing is said', {}],
    ['of a Linux guest’s trouble', { guestOs: 'linux', symptom: 'no-render-node' }],
    ['of a virtual function’s trouble', { ...FAILS, mode: 'vf' }],
  ] as const)('%s', (_, facts) => {
    expect(found(bytes, facts)).toEqual([`${id} warning`]);
  });
});

describe('a ROM that firmware executes', () => {
  it('and that has nothing for the OpRegion is incomplete, and says that it has no GOP', () => {
    expect(found(writeTestRom('good', IDS))).toEqual(['rom.incomplete cause', 'rom.no-gop info']);
  });
});

it.each([
  ['rom.no-efi-image', writeTestRom('legacy-only', IDS), 'has no EFI image'],
  ['rom.invalid', writeTestRom('bad-header', IDS), 'no option ROM'],
] as const)('%s is told in full', (id, bytes, title) => {
  expect(whole(romFile, caseOf({ facts: FAILS, roms: [seen(bytes)] }))).toEqual([
    expect.stringMatching(new RegExp(`^${id} cause certain: .*${title}`)),
    '< igpu.rom',
    'steps host',
    'explains guest.code43 rom.missing guest.display-enumeration',
  ]);
});

it('at most three reasons are told', () => {
  const findings = ['one', 'two', 'three', 'four'].map(
    (text) => ({ id: 'rom.no-efi-image', severity: 'error', offset: 0, text }) as const,
  );
  const [claim] = romFile.conclude(caseOf({ roms: [{ facts: { size: 512, images: [], findings } }] }));
  expect(claim?.detail).toMatch(/^one; two; three sha256/);
});

describe('an empty file', () => {
  const empty = seen(new Uint8Array());

  it('may be any where nothing names the VM’s, and its name is that in any case', () => {
    const severities = (facts: CaseSketch['facts'] = {}) =>
      romFile
        .conclude(caseOf({ facts, roms: [{ ...empty, name: 'dir/iGPU.rom' }] }))
        .map(({ severity }) => severity);
    expect(severities()).toEqual(['cause']);
    expect(severities({ romName: '/usr/share/kvm/IGPU.rom' })).toEqual(['cause']);
    expect(severities({ romName: ['a.rom', 'b.rom'] })).toEqual(['warning']);
  });

  it('that is one of several by their sums is the cause where one is meant', () => {
    const facts = { romDigest: [`${SUM} old.rom`, `${SUM} igpu.rom`], romName: 'igpu.rom' };
    expect(whole(romFile, caseOf({ facts }))).toEqual([
      'rom.file-empty cause certain: The ROM file is empty: its sha256 is that of nothing',
      `< romDigest: ${SUM} old.rom`,
      `< romDigest: ${SUM} igpu.rom`,
      'steps host',
      'explains guest.code43 rom.missing guest.display-enumeration rom.digest-mismatch',
    ]);
  });
  const SUM = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

  it('is no cause where the VM names another ROM', () => {
    const of = caseOf({ facts: { romName: 'other.rom' }, roms: [{ ...empty, name: 'dir/igpu.rom' }] });
    expect(romFile.conclude(of).map(({ severity }) => severity)).toEqual(['warning']);
  });

  it('is the cause where the VM names it', () => {
    const of = caseOf({ facts: { romName: 'igpu.rom' }, roms: [{ ...empty, name: 'dir/igpu.rom' }] });
    expect(romFile.conclude(of).map(({ severity }) => severity)).toEqual(['cause']);
  });

  it.each([
    [`${SUM} igpu.rom`, 'igpu.rom', ['rom.file-empty cause']],
    [`${SUM} old.rom`, 'igpu.rom', ['rom.file-empty warning']],
    [`${'1'.repeat(64)} igpu.rom`, 'igpu.rom', []],
  ])('is told by its sum: %s, and the VM names %s', (romDigest, romName, expected) => {
    expect(
      romFile
        .conclude(caseOf({ facts: { romDigest, romName } }))
        .map(({ id, severity }) => `${id} ${severity}`),
    ).toEqual(expected);
  });
});

it('is nothing where no ROM is given', () => {
  expect(romFile.conclude(caseOf({ facts: FAILS }))).toEqual([]);
});
