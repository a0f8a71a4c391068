import { expect, test } from 'vitest';
import { familiesByGraphicsName } from './graphics-names.ts';
import { sharingOf } from './sr-iov.ts';

test.each([
  ['CometLake-S GT2 [UHD Graphics 630]', 'CFL'],
  ['Intel(R) UHD Graphics 605', 'GLK'],
  ['HD Graphics 530', 'SKL'],
  ['Intel HD530', 'SKL'],
  ['HD 4600', 'HSW'],
  ['Intel® HD Graphics 620', 'KBL'],
  ['Iris Plus Graphics G7', 'ICL'],
  ['UHD 770', 'ADL-S'],
  ['Iris Pro 6200', 'BDW'],
])('%s is the name of %s graphics', (text, code) => {
  expect(familiesByGraphicsName(text)[0]).toBe(code);
});

test.each([
  'Iris Xe Graphics',
  'Radeon HD 7000',
  'GeForce 630',
  'HD audio 600',
  'UHD Graphics',
  'an HDD of 500 GB',
])('%s tells of no family', (text) => {
  expect(familiesByGraphicsName(text)).toEqual([]);
});

test('no family that shares the name UHD 6xx has SR-IOV', () => {
  expect(familiesByGraphicsName('UHD 630').map((code) => sharingOf(code).sriov)).toEqual(
    Array.from({ length: 5 }, () => 'no'),
  );
});
