import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { hasExecutableEfiImage } from '../../rom/executes.ts';
import { readRom } from '../../rom/read.ts';
import { TEST_ROM_RECIPES } from '../../rom/test-rom-recipes.ts';
import { writeTestRom } from '../../rom/write.ts';
import { RECIPES } from '../image/recipes.ts';
import { EFI_ROM } from './efi-rom.ts';

const dir = mkdtempSync(join(tmpdir(), 'code43-standin-'));
afterAll(() => {
  rmSync(dir, { recursive: true });
});

/** Runs one of the guest's scripts with this machine's own sh. */
function sh(script: string, args: readonly string[]) {
  return spawnSync('/bin/sh', ['-s', '--', ...args], { input: script, encoding: 'utf8' });
}

function efiRom(bytes: Uint8Array): { readonly runs: boolean; readonly why: string } {
  const file = join(dir, 'x.rom');
  writeFileSync(file, bytes);
  const { status, stdout, stderr } = sh(EFI_ROM, [file]);
  expect(stderr).toBe('');
  return { runs: status === 0, why: stdout };
}

const IDS = { vendor: '1234', device: '1111' };

describe('the display driver believes a ROM', () => {
  test.each(TEST_ROM_RECIPES)('as firmware would: $name', ({ name, executable }) => {
    const { runs, why } = efiRom(writeTestRom(name, IDS));
    expect(runs).toBe(executable);
    expect(why === '').toBe(executable);
  });

  test('as little as nothing at all', () => {
    expect(efiRom(new Uint8Array()).runs).toBe(false);
    expect(efiRom(new Uint8Array(4096).fill(0xff)).runs).toBe(false);
  });

  test("exactly when the harness's own reader does, whatever is changed in it", () => {
    const good = writeTestRom('good', IDS);
    // Where headers are: of either image, and of the executable.
    const at = fc.oneof(
      fc.nat(0x60),
      fc.nat(0x60).map((offset) => 2048 + offset),
      fc.nat(good.length - 1),
    );
    const patch = fc.array(fc.tuple(at, fc.oneof(fc.constantFrom(0, 1, 3, 0x80, 0xff), fc.nat(255))), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(patch, (bytes) => {
        const rom = good.slice();
        for (const [offset, value] of bytes) rom[offset] = value;
        expect(efiRom(rom).runs).toBe(hasExecutableEfiImage(readRom(rom)));
      }),
      { numRuns: 60 },
    );
  });
});

test.each(
  Object.entries(RECIPES).flatMap(([image, recipe]) =>
    Object.entries(recipe).map(([path, text]) => ({ image, path, text })),
  ),
)('$image: $path is a script that sh can read, or no script', ({ text }) => {
  const checked = text.startsWith('#!')
    ? spawnSync('/bin/sh', ['-n'], { input: text, encoding: 'utf8' })
    : null;
  expect(checked?.stderr ?? '').toBe('');
});
