import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cloneName, isClone, isSnapshot, markLine, markOf, snapshotName } from './run-mark.ts';

const MARK = '0a1b2c3d';

test('what a run made is known by name and description together', () => {
  expect(isClone(cloneName(MARK), markLine(MARK))).toBe(true);
  expect(isClone(cloneName(MARK), `${markLine(MARK)}\nand a note of its owner`)).toBe(true);
  expect(isSnapshot(snapshotName(MARK), markLine(MARK))).toBe(true);
  expect(markOf(markLine(MARK))).toBe(MARK);
});

test.each([
  ['another name', 'win11', markLine(MARK)],
  ['another description', cloneName(MARK), 'my VM'],
  ["another run's description", cloneName(MARK), markLine('ffffffff')],
  ['a copy whose name was lengthened', `${cloneName(MARK)}-keep`, markLine(MARK)],
  ['a line that only quotes ours', cloneName(MARK), `see "${markLine(MARK)}"`],
])('%s: not ours', (_, name, description) => {
  expect(isClone(name, description)).toBe(false);
  expect(isSnapshot(name, description)).toBe(false);
});

test('nothing that we did not write is ours, and no mark but eight hex digits is written', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (name, description) => {
      expect(isClone(name, description) || isSnapshot(name, description)).toBe(false);
      if (!/^[0-9a-f]{8}$/.test(name)) expect(() => markLine(name)).toThrow(RangeError);
    }),
  );
});
