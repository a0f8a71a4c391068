import fc from 'fast-check';
import { expect, test } from 'vitest';
import { percentUp } from './percent.ts';
import { upperBound } from './upper-bound.ts';

const series = fc
  .integer({ min: 1, max: 400 })
  .chain((runs) => fc.tuple(fc.integer({ min: 0, max: runs }), fc.constant(runs)));

test('without failures the bound is 1 - 0.05^(1/n)', () => {
  for (const runs of [1, 3, 10, 59, 1000]) expect(upperBound(0, runs)).toBeCloseTo(1 - 0.05 ** (1 / runs), 9);
});

// Bisected in 80-digit decimal arithmetic over exact binomial coefficients; the same as qbeta(0.95, k + 1, n - k).
test.each([
  [1, 2, 0.97467943448089],
  [1, 10, 0.3941633024365],
  [2, 20, 0.28261852488586],
  [5, 10, 0.77755889899187],
  [9, 10, 0.99488380310817],
  [5, 100, 0.10225337764327],
  [50, 100, 0.58637828536908],
  [99, 100, 0.99948719858373],
  [1, 400, 0.01180430445398],
  [37, 400, 0.1198900389077],
  [399, 400, 0.99987177498556],
  [3, 1000, 0.00773524471847],
])('%i failures in %i runs are bounded by %f', (failures, runs, bound) => {
  expect(upperBound(failures, runs)).toBeCloseTo(bound, 11);
});

test('one more failure raises the bound, and one more run without a failure lowers it', () => {
  fc.assert(
    fc.property(series, ([failures, runs]) => {
      const bound = upperBound(failures, runs) ?? -1;
      expect(upperBound(failures, runs + 1)).toBeLessThan(bound);
      if (failures < runs) expect(upperBound(failures + 1, runs)).toBeGreaterThan(bound);
    }),
  );
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
  fc.assert(fc.property(fc.integer({ min: 1, max: 10_000 }), (runs) => upperBound(runs, runs) === 1));
});

test('as per cent it is never less than it is', () => {
  fc.assert(
    fc.property(series, ([failures, runs]) => {
      const bound = upperBound(failures, runs) ?? -1;
      const shown = Number(percentUp(bound)) / 100;
      expect(shown).toBeGreaterThan(bound - 1e-8);
      expect(shown).toBeLessThan(bound + 0.001 + 1e-8);
    }),
  );
  expect(percentUp(1 - 0.05 ** (1 / 6))).toBe('39.4');
  expect(percentUp(0.5)).toBe('50.0');
});
