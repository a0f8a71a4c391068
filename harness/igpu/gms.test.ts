import { expect, test } from 'vitest';
import { gmsForMiB, gmsMiB, gmsOption, legalValues } from './gms.ts';

test.each([
  [9, 0x1, 32],
  [12, 0x2, 64],
  [12, 0x4, 128],
  [12, 0x8, 256],
  [12, 0x9, 288],
  [12, 0x10, 512],
  [12, 0xf0, 4],
  [12, 0xfe, 60],
  [6, 0x10, 512],
  [8, 0x40, 2048],
  [7, 0x20, null],
  [12, 0xff, null],
  [12, 1.5, null],
  [12, -1, null],
] as const)('generation %i: GMS %i is %j MiB', (generation, value, size) => {
  expect(gmsMiB(generation, value)).toBe(size);
});

test.each([6, 7, 8, 9, 11, 12])(
  'generation %i: a value gives its size back, and that size the value',
  (generation) => {
    for (const value of legalValues(generation)) {
      const size = gmsMiB(generation, value) ?? 0;
      const back = gmsForMiB(generation, size);
      expect(back === null ? null : gmsMiB(generation, back)).toBe(size);
      expect(gmsOption(generation, value, '10.1')).toMatchObject({ effect: 'used', miB: size });
    }
  },
);

test('more than the field can say has no value', () => {
  expect(gmsForMiB(7, 513)).toBeNull();
  expect(gmsForMiB(12, 2049)).toBeNull();
  expect(gmsForMiB(12, 62)).toBe(0x2);
});

test.each([
  ['9.1', 8, 0x2, 'used'],
  ['9.1', 8, 0x40, 'ignored'],
  ['9.2', 12, 0x2, 'ignored'],
  ['10.0', 12, 0x40, 'used'],
  ['10.0', 12, 0xf0, 'ignored'],
  ['10.0', 7, 0x11, 'ignored'],
  ['10.0', null, 0x2, 'ignored'],
  ['10.1', 12, 0xf0, 'used'],
  ['10.1', 12, 0xef, 'vm-does-not-start'],
  ['10.1', 12, 0xff, 'vm-does-not-start'],
  ['10.1', 8, 0xf0, 'vm-does-not-start'],
  ['10.1', 7, 0x11, 'vm-does-not-start'],
  ['10.1', null, 0x2, 'vm-does-not-start'],
  ['10.1', null, 0, 'ignored'],
  ['11.0', 9, 0x2, 'used'],
] as const)('QEMU %s, generation %j: x-igd-gms=%i is %s', (version, generation, value, effect) => {
  expect(gmsOption(generation, value, version)?.effect).toBe(effect);
});
