import { expect, test } from 'vitest';
import { LEASE_LIMITS } from './lease-limits.ts';
import { simulateLeases } from './lease-simulation.fixture.ts';

const SEEDS = [1, 2, 3, 4, 5];
const all = { steps: 100_000, limits: LEASE_LIMITS, drift: 0.05 };

test.each(SEEDS)('in 100,000 steps no two owners hold the lease, and no dead one keeps it (%i)', (seed) => {
  const seen = simulateLeases({ seed, ...all });
  expect(seen.wrong).toBeNull();
  expect(seen.longestAfterDeath).toBeLessThan(60);
  // What is shown to be well has also happened.
  expect(Math.min(seen.grants, seen.lost, seen.deaths, seen.refused)).toBeGreaterThan(50);
  expect(seen.longestAfterDeath).toBeGreaterThan(20);
});

test('an owner that lives keeps its lease over a slow network, whoever else wants it', () => {
  const seen = simulateLeases({ seed: 6, ...all, trouble: 0, slowest: 5 });
  expect(seen).toMatchObject({ wrong: null, grants: 1, lost: 0 });
  expect(seen.refused).toBeGreaterThan(50);
});

test('the simulation finds the double grant of owners that trust their lease too long', () => {
  const limits = { ...LEASE_LIMITS, trust: 46 };
  const found = SEEDS.filter((seed) => simulateLeases({ seed, ...all, limits }).wrong !== null);
  expect(found).toEqual(SEEDS);
});

test('the simulation finds the double grant of clocks that are more wrong than the limits allow', () => {
  const found = SEEDS.filter((seed) => simulateLeases({ seed, ...all, drift: 0.4 }).wrong !== null);
  expect(found).toEqual(SEEDS);
});
