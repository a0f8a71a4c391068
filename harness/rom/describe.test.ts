import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeRom } from './describe.ts';
import { readRom } from './read.ts';
import { damagedRom } from './test/rom-arbitrary.ts';
import type { TestRomRecipeName } from './test-rom-recipes.ts';
import { writeTestRom } from './write.ts';

function description(recipe: TestRomRecipeName): string[] {
  return describeRom(readRom(writeTestRom(recipe, { vendor: '8086', device: '46d1' })));
}

it('says of a good ROM what is in it and that both firmwares would execute it', () => {
  expect(description('good')).toEqual([
    '4096 bytes, 2 images',
    'Image 1 at 0x0: PC-AT (BIOS), 2048 bytes',
    '  for PCI device 8086:46d1, class 038000',
    '  checksum right',
    'Image 2 at 0x800: EFI, 2048 bytes, marked as the last',
    '  for PCI device 8086:46d1, class 038000',
    '  boot driver for x86-64 (0x8664), not compressed, body at 0xa00',
    '  UEFI firmware would execute it',
    'Nothing wrong was found.',
    'UEFI firmware (OVMF): would execute it, unless Secure Boot refuses its signature. What the driver then does is not known from the file.',
    'SeaBIOS: would execute the PC-AT image at 0x0, but only on the device 8086:46d1.',
  ]);
});

it('says of a ROM without an EFI image that only SeaBIOS would execute it', () => {
  const lines = description('legacy-only');
  expect(lines).toContain('UEFI firmware (OVMF): would not execute anything of it.');
  expect(lines.at(-1)).toContain('SeaBIOS: would execute the PC-AT image');
});

it('names a finding with its severity, id, offset and meaning', () => {
  expect(description('bad-header')).toContain(
    '  error rom.header-signature at 0x0: It does not start with the ROM signature 55 AA ' +
      '(Linux would say: expecting 0xaa55, got 0xcffa)',
  );
});

it('writes plain ASCII on single lines, whatever the file', () => {
  fc.assert(
    fc.property(damagedRom, (bytes) => describeRom(readRom(bytes)).every((line) => /^[ -~]+$/.test(line))),
    { numRuns: 500 },
  );
});
