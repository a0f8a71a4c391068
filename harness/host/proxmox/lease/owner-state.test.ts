import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LeaseAnswer } from './lease-answer.ts';
import { LEASE_LIMITS } from './lease-limits.ts';
import { askingOwner, holdsLease, type OwnerEvent, type OwnerState, stepOwner } from './owner-state.ts';

const after = (events: readonly OwnerEvent[], begun = askingOwner(0, LEASE_LIMITS)): OwnerState =>
  events.reduce((state, event) => stepOwner(state, event, LEASE_LIMITS).state, begun);
const held: OwnerEvent = { kind: 'answer', now: 1, answer: { kind: 'held', beat: 0, now: 9, left: '' } };
const beat = (now: number, number: number): OwnerEvent => ({
  kind: 'answer',
  now,
  answer: { kind: 'beat', beat: number },
});

test('a lease is trusted from the grant until 35 s after the beat that was answered and echoed last was sent', () => {
  expect(holdsLease(askingOwner(0, LEASE_LIMITS), 0)).toBe(false);
  expect(after([held]).until).toBe(35);
  // Beat 1 echoes the start, whose answer is the grant; beat 2 is the first to echo beat 1.
  const [first, second] = [{ kind: 'time', now: 5 } as const, { kind: 'time', now: 10 } as const];
  expect(after([held, first, beat(6, 1)]).until).toBe(35);
  expect(after([held, first, beat(6, 1), second, beat(11, 2)]).until).toBe(40);
  expect(holdsLease(after([held, first, beat(6, 1), second, beat(11, 2)]), 40)).toBe(false);
});

test('an owner that was stopped believes no answer that waited for it', () => {
  const late = stepOwner(after([held, { kind: 'time', now: 5 }]), beat(60, 1), LEASE_LIMITS);
  expect(late.state.phase).toBe('over');
  expect(late.deeds).toMatchObject([{ kind: 'lost' }]);
});

const answer: fc.Arbitrary<LeaseAnswer | null> = fc.oneof(
  fc.constant(null),
  fc.record({ kind: fc.constant('beat' as const), beat: fc.nat(5) }),
  fc.record({ kind: fc.constant('held' as const), beat: fc.nat(2), now: fc.nat(), left: fc.string() }),
  fc.record({ kind: fc.constant('busy' as const), beat: fc.nat(5), now: fc.nat(), said: fc.string() }),
  fc.record({ kind: fc.constant('taken' as const), now: fc.nat(), said: fc.string() }),
  fc.record({ kind: fc.constant('failed' as const), why: fc.string() }),
);
const event = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'time' as const }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('answer' as const), answer }) },
  fc.constant({ kind: 'closed' as const, how: 'it ended' }),
  fc.constant({ kind: 'release' as const }),
);

test('whatever comes, an owner is told once how its asking ends, and once when it has lost what it held', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.array(fc.tuple(event, fc.nat(20)), { maxLength: 30 }), (granted, script) => {
      let now = 1;
      let state = granted ? after([held]) : askingOwner(0, LEASE_LIMITS);
      const told: string[] = [];
      for (const [what, later] of script) {
        now += later;
        const before = state.phase;
        const step = stepOwner(state, { ...what, now }, LEASE_LIMITS);
        state = step.state;
        const kinds = step.deeds.map(({ kind }) => kind).filter((kind) => kind !== 'busy' && kind !== 'send');
        told.push(...kinds);
        if (before === 'holding' && state.phase === 'over')
          expect(kinds).toEqual(what.kind === 'release' ? [] : ['lost']);
        if (before === 'asking' && state.phase === 'over' && what.kind !== 'release')
          expect(kinds).toHaveLength(1);
        if (before !== 'holding') expect(kinds).not.toContain('lost');
      }
      expect(told.length).toBeLessThanOrEqual(granted ? 1 : 2);
    }),
  );
});
