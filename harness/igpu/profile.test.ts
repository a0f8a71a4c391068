import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { IGPU_FAMILIES } from './families.ts';
import { igpuProfile } from './profile.ts';
import { nearestIgpuNames } from './suggest.ts';

it.each(IGPU_FAMILIES)(
  '$codename has the same profile by its name and by its ids',
  ({ code, codename, devices }) => {
    const byId = igpuProfile(`8086:${devices.slice(0, 4)}`);
    expect(byId).toMatchObject({ family: { code }, candidates: [code] });
    expect(byId?.qemu).toHaveLength(4);
    expect(igpuProfile(codename)?.candidates).toContain(code);
  },
);

test('the last four digits of an id are enough, and a whole id is never taken for a processor', () => {
  expect(igpuProfile('46d1')?.device).toBe('8086:46d1');
  expect(igpuProfile('8086:8086')).toBeNull();
});

test('no text throws, and every suggestion is known', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      igpuProfile(text);
      expect(nearestIgpuNames(text).filter((name) => igpuProfile(name) === null)).toEqual([]);
    }),
  );
});

test.each([
  ['N101', 'N100'],
  ['i5-850OT', 'i5-8500T'],
  ['Jaspar Lake', 'Jasper Lake'],
  ['8086:9bc9', '8086:9bc8'],
])('near %s is %s', (text, near) => {
  expect(nearestIgpuNames(text)).toContain(near);
});
