import { expect, test } from 'vitest';
import { Facts, type FactValues } from '../fact.ts';
import { caseOf } from '../fixtures/case.ts';
import { guestIs, guestOs, mayBeWindows } from './guest.ts';

type System = FactValues['guestOs'];

test.each([
  ['windows', 'linux', 'windows'],
  ['linux', 'macos', 'macos'],
  ['linux', 'windows', 'windows'],
] as const)('a VM set up for %s of which a person says %s is one of %s', (type, word, system) => {
  const facts = [
    ...caseOf({ facts: { guestOs: type }, by: 'machine' }).facts.all,
    ...caseOf({ facts: { guestOs: word } }).facts.all,
  ];
  const of = { ...caseOf({}), facts: new Facts(facts) };
  const systems: readonly System[] = ['windows', 'linux', 'macos', 'bsd', 'other'];
  expect(guestOs(of)).toBe(system);
  expect(systems.filter((one) => guestIs(of, one))).toEqual([system]);
  expect(mayBeWindows(of)).toBe(system === 'windows');
});

test('a guest of which nothing is said may be Windows, and is not known to be', () => {
  expect(guestOs(caseOf({}))).toBeNull();
  expect(guestIs(caseOf({}), 'windows')).toBe(false);
  expect(mayBeWindows(caseOf({}))).toBe(true);
});
