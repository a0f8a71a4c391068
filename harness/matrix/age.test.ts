import { expect, test } from 'vitest';
import { age, isStale, moment } from './age.ts';

test.each([
  ['2026-11-22T01:00:00Z', 'today'],
  ['2026-11-20T23:00:00Z', '1 day'],
  ['2026-10-01T00:00:00Z', '52 days'],
  ['2026-06-01T00:00:00Z', '5 months'],
  ['2024-06-01T00:00:00Z', '2 years'],
])('a run of %s is %s old', (started, words) => {
  expect(age(started, '2026-11-22T12:00:00Z')).toBe(words);
});

test('a time that is none has no age and is not shown', () => {
  expect(age('yesterday', '2026-11-22T12:00:00Z')).toBeNull();
  expect(moment(null)).toBeNull();
  expect(moment('2026-11-20T02:14:00.000Z')).toBe('2026-11-20 02:14 UTC');
});

test('after 90 days a run is stale, and one without a time is not said to be', () => {
  const built = '2026-11-22T12:00:00Z';
  expect(isStale('2026-08-24T12:00:00Z', built)).toBe(true);
  expect(isStale('2026-08-24T12:00:01Z', built)).toBe(false);
  expect(isStale(null, built)).toBe(false);
});
