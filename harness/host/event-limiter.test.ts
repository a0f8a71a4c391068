import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Observation } from '../trace/event.ts';
import { EventLimiter } from './event-limiter.ts';

function limited(times: readonly number[]): readonly Observation[] {
  const seen: Observation[] = [];
  let now = 0;
  const limiter = new EventLimiter(
    (one) => seen.push(one),
    () => now,
  );
  for (const time of times) {
    now = time;
    limiter.take('RESET', { guest: true });
  }
  limiter.end();
  return seen;
}

test('a few events are kept as they are', () => {
  expect(limited([0, 0.1, 0.2])).toEqual(
    Array(3).fill({ ch: 'qmp', kind: 'event', event: 'RESET', data: { guest: true } }),
  );
});

test('of thousands in a second twenty are kept, and the rest are one line', () => {
  const seen = limited(Array.from({ length: 5000 }, (_, index) => index / 5000));
  expect(seen).toHaveLength(21);
  expect(seen.at(-1)).toEqual({ ch: 'qmp', kind: 'repeated', event: 'RESET', count: 4980, seconds: 1 });
});

test('no event is lost from the count, however they come', () => {
  const gaps = fc.array(fc.double({ min: 0, max: 0.5, noNaN: true }), { maxLength: 400 });
  fc.assert(
    fc.property(gaps, (steps) => {
      let time = 0;
      const seen = limited(steps.map((step) => (time += step)));
      const counted = seen.map((one) => (one.ch === 'qmp' && one.kind === 'repeated' ? one.count : 1));
      expect(counted.reduce((sum, count) => sum + count, 0)).toBe(steps.length);
    }),
  );
});
