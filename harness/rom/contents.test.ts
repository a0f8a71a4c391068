import { describe, expect, it } from 'vitest';
import { romAdvice, romFit } from './advice.ts';
import { readContents } from './contents.ts';
import { describeRom } from './describe.ts';
import { driverTitle } from './describe-contents.ts';
import { readDriver } from './driver.ts';
import { assignmentDriver, driverPe, gopDriver, igdRom, policyDriver } from './fixtures/igd-rom.ts';
import { hasExecutableEfiImage } from './executes.ts';
import { readRom } from './read.ts';
import { romView } from './view.ts';
import { writeTestRom } from './write.ts';

const WHOLE = [gopDriver(['21', '0', '1056']), assignmentDriver(), policyDriver()];

function titles(rom: Uint8Array): readonly (string | null)[] {
  return readContents(rom, readRom(rom)).map(({ driver }) => (driver === null ? null : driverTitle(driver)));
}

describe.each([
  ['as they are', false],
  ['packed', true],
])('drivers that stand in a ROM %s', (_, compressed) => {
  it('are named, with the version of the GOP driver', () => {
    expect(titles(igdRom(WHOLE, compressed))).toEqual([
      'IntelGopDriver 21.0.1056',
      'IgdAssignmentDxe',
      'PlatformGopPolicy',
    ]);
  });

  it('are executed by firmware', () => {
    const facts = readRom(igdRom(WHOLE, compressed));
    expect(facts.findings).toEqual([]);
    expect(hasExecutableEfiImage(facts)).toBe(true);
  });
});

it('says where each thing that it tells of a driver stands', () => {
  const rom = igdRom(WHOLE, true);
  const lines = describeRom(readRom(rom), readContents(rom, readRom(rom)));
  expect(lines).toContain('    version as its code at 0x820 joins it; Intel documents no place for it');
  expect(lines).toContain('    known by the text "Intel(R) GOP Driver" at 0x400');
  expect(lines).toContain('    known by the fw_cfg file name etc/igd-opregion at 0x400');
  expect(lines).toContain('    built as /build/DEBUG_GCC5/X64/IgdAssignmentDxe.dll');
  expect(lines.every((line) => /^[ -~]+$/.test(line))).toBe(true);
});

it('calls a policy driver without a path to its symbols a guess', () => {
  const { known } = readDriver(
    romView(
      driverPe({
        bytes: {
          0x400: [
            0x1b, 0x93, 0x2e, 0xec, 0x81, 0x32, 0xa5, 0x48, 0x81, 7, 0xdf, 0x8a, 0x8b, 0xed, 0x3c, 0x5d,
          ],
        },
      }),
    ),
  );
  expect(known).toMatchObject({ name: 'PlatformGopPolicy', sure: false });
});

it('has no version where the code joins something else', () => {
  const driver = driverPe({
    utf16: { 0x400: 'Intel(R) GOP Driver', 0x500: ' [', 0x510: '21', 0x520: 'beta', 0x530: ']' },
    lea: [0x500, 0x510, 0x520, 0x530].map((to, i) => [0x800 + i * 12, to] as const),
  });
  expect(driverTitle(readDriver(romView(driver)))).toBe('IntelGopDriver');
});

it('reads a Video BIOS Table and the version of its data block', () => {
  const table = new Uint8Array(80);
  const view = new DataView(table.buffer);
  table.set(Buffer.from('$VBT ALDERLAKE      '), 0);
  view.setUint16(24, 80, true);
  view.setUint32(28, 48, true);
  table.set(Buffer.from('BIOS_DATA_BLOCK '), 48);
  view.setUint16(64, 251, true);
  const { vbts } = readDriver(romView(driverPe({ bytes: { 0x700: [...table] } })));
  expect(vbts).toEqual([{ offset: 0x700, name: 'ALDERLAKE', size: 80, bdbVersion: 251 }]);
});

describe('an image whose packed data is damaged', () => {
  const rom = igdRom([gopDriver(['21', '0', '1056'])], true);
  rom.fill(0xff, 0x60, 0x200);
  const facts = readRom(rom);

  it('is not executed, and the reason is a finding', () => {
    expect(hasExecutableEfiImage(facts)).toBe(false);
    expect(facts.findings.map(({ id }) => id)).toEqual(['rom.efi-compression']);
    expect(facts.findings[0]?.text).toContain('it cannot be unpacked');
  });

  it('has no driver to read, and says why', () => {
    expect(readContents(rom, facts)).toMatchObject([
      { driver: null, unreadable: expect.any(String) as string },
    ]);
  });
});

describe('advice', () => {
  function ids(drivers: readonly Uint8Array[], forIgpu = false): readonly string[] {
    const rom = igdRom(drivers, false);
    return romAdvice(readContents(rom, readRom(rom)), forIgpu).map(({ id }) => id);
  }

  it.each<[string, readonly Uint8Array[], boolean, readonly string[]]>([
    ['nothing where all three drivers are there', WHOLE, true, []],
    [
      'that the OpRegion is handed over by nobody',
      [gopDriver(['9', '0', '1109']), policyDriver()],
      false,
      ['rom.no-opregion-driver'],
    ],
    [
      'that a GOP driver lacks its policy',
      [gopDriver(['9', '0', '1109']), assignmentDriver()],
      false,
      ['rom.gop-without-policy'],
    ],
    [
      'that there are two GOP drivers',
      [gopDriver(['9', '0', '1109']), ...WHOLE],
      false,
      ['rom.several-gops'],
    ],
    ['that there will be no firmware picture', [assignmentDriver()], false, ['rom.no-gop']],
    ['nothing of the kind for a ROM that is for something else', [driverPe({})], false, []],
    [
      'all of it where the ROM is to be for an iGPU',
      [driverPe({})],
      true,
      ['rom.no-opregion-driver', 'rom.no-gop'],
    ],
  ])('says %s', (_, drivers, forIgpu, expected) => {
    expect(ids(drivers, forIgpu)).toEqual(expected);
  });
});

it('says for one device whom it would work with', () => {
  const rom = writeTestRom('good', { vendor: '8086', device: '46d0' });
  const facts = readRom(rom);
  const contents = readContents(rom, facts);
  expect(romFit(facts, contents, { vendor: '8086', device: '46d0' })).toMatchObject({
    uefi: true,
    seabios: true,
  });
  const other = romFit(facts, contents, { vendor: '8086', device: '46d1' });
  expect(other).toMatchObject({ uefi: true, seabios: false });
  expect(other.words[0]).toBe('It does not name 8086:46d1, but 8086:46d0.');
});
