import { expect, test } from 'vitest';
import { holds, median } from './measure.ts';

test('the median is the middle value, or the mean of two', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBeNaN();
});

test('a bound is from above or from below', () => {
  const at = (value: number, bound: { atMost: number } | { atLeast: number }) =>
    holds({ what: 'x', unit: '', value, bound });
  expect(at(3, { atMost: 3 })).toBe(true);
  expect(at(3.1, { atMost: 3 })).toBe(false);
  expect(at(2, { atLeast: 3 })).toBe(false);
  expect(at(NaN, { atMost: 3 })).toBe(false);
});
