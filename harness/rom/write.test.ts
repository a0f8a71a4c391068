import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasExecutableEfiImage, seabiosImage } from './executes.ts';
import { readRom } from './read.ts';
import { isTestRomRecipe, TEST_ROM_RECIPES } from './test-rom-recipes.ts';
import { writeTestRom } from './write.ts';

const hexId = fc.nat(0xffff).map((id) => id.toString(16).padStart(4, '0'));

describe.each(TEST_ROM_RECIPES)('the test ROM $name', (recipe) => {
  it('is read back with its ids and exactly its findings', () => {
    fc.assert(
      fc.property(hexId, hexId, (vendor, device) => {
        const facts = readRom(writeTestRom(recipe.name, { vendor, device }));
        expect(facts.findings.map(({ id }) => id)).toEqual(recipe.findings);
        expect(hasExecutableEfiImage(facts)).toBe(recipe.executable);
        for (const image of facts.images)
          expect(image).toMatchObject({ vendor, device, classCode: '038000' });
      }),
    );
  });

  it('is a power of two from 4 KiB to 256 KiB, so that its ROM BAR is its size', () => {
    const { length } = writeTestRom(recipe.name, { vendor: '1234', device: '1111' });
    expect(Math.log2(length) % 1).toBe(0);
    expect(length).toBeGreaterThanOrEqual(4096);
    expect(length).toBeLessThanOrEqual(256 * 1024);
  });
});

it('gives SeaBIOS a PC-AT image with nothing but a far return at its entry', () => {
  const bytes = writeTestRom('good', { vendor: '1234', device: '1111' });
  expect(seabiosImage(readRom(bytes), { vendor: '1234', device: '1111' })?.offset).toBe(0);
  expect(seabiosImage(readRom(bytes), { vendor: '1234', device: '1112' })).toBeNull();
  expect(bytes[3]).toBe(0xcb);
});

it('refuses ids that are not four hex digits', () => {
  expect(() => writeTestRom('good', { vendor: '0x1234', device: '1111' })).toThrow(TypeError);
});

it('knows its recipes by name', () => {
  expect(isTestRomRecipe('good')).toBe(true);
  expect(isTestRomRecipe('toString')).toBe(false);
});
