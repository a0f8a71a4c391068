import { describe, expect, test } from 'vitest';
import { partOf } from '../part.fixture.ts';
import { readFacts } from '../facts.ts';

function given(text: string): readonly unknown[] {
  return readFacts(partOf('facts', text)).facts.flatMap(({ key, value }) =>
    key === 'romGiven' ? [value] : [],
  );
}

describe('whether a ROM is given', () => {
  test.each([
    'ROM: igd_nogop.rom, strings shows no IntelGopDriver',
    'romfile: adl.rom, not from the vendor',
    'rom: own.rom (without GOP)',
    'romfile=/usr/share/kvm/x.rom, no other change',
  ])('a file is, whatever is said of it: %s', (text) => {
    expect(given(text)).toContain(true);
    expect(given(text)).not.toContain(false);
  });

  test.each([
    'romfile: none',
    'no romfile',
    'romfile: adl.rom removed',
    'without a rom file',
    'rom: no.rom is not used',
  ])('it is not: %s', (text) => {
    expect(given(text)).toContain(false);
  });

  test.each(['ADL-P 1240P, rom without VBT?', 'is no rom file the reason?', 'the rom lacks a VBT'])(
    'nothing is said: %s',
    (text) => {
      expect(given(text)).toEqual([]);
    },
  );
});
