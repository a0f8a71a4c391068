import { expect, test } from 'vitest';
import { IGPU_FAMILIES, igpuFamily } from './families.ts';

test('an N100 is Alder Lake-N, generation 12', () => {
  expect(igpuFamily('8086:46D1')).toMatchObject({ generation: 12, codename: 'Alder Lake-N / Twin Lake' });
});

test('a device of another vendor is no Intel display device', () => {
  expect(igpuFamily('1234:1111')).toBeNull();
});

test('no device id stands in two families, and all are four hex digits', () => {
  const ids = IGPU_FAMILIES.flatMap((family) => family.devices.split(' '));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[0-9a-f]{4}$/.test(id))).toEqual([]);
});
