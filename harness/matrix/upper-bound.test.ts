import fc from 'fast-check';
import { expect, test } from 'vitest';
import { upperBound } from './upper-bound.ts';

const series = fc
  .integer({ min: 1, max: 400 })
  .chain((runs) => fc.tuple(fc.integer({ min: 0, max: runs }), fc.constant(runs)));

test('without failures the bound is 1 - 0.05^(1/n)', () => {
  for (const runs of [1, 3, 10, 59, 1000]) expect(upperBound(0, runs)).toBeCloseTo(1 - 0.05 ** (1 / runs), 9);
});

// Published tables of the binomial distribution: qbeta(0.95, k + 1, n - k).
test.each([
  [1, 10, 0.394],
  [2, 20, 0.283],
  [5, 100, 0.102],
])('%i failures in %i runs give %f', (failures, runs, bound) => {
  expect(upperBound(failures, runs)).toBeCloseTo(bound, 3);
});

test('the bound is never below the observed rate, and never above 1', () => {
  fc.assert(
    fc.property(series, ([failures, runs]) => {
      const bound = upperBound(failures, runs) ?? -1;
      return bound >= failures / runs && bound <= 1;
    }),
  );
});

test('no run has no bound, and only failures bound nothing', () => {
  expect(upperBound(0, 0)).toBeNull();
  expect(upperBound(4, 4)).toBe(1);
});
