import type { Boot, Reading } from '../boot.ts';
import { conclude, quote, rule, type Conclusion } from '../rule.ts';

/** Seconds by which a guest's uptime may differ from what the harness measures between two readings. */
const TOLERANCE = 5;

/**
 * A guest names its boot by when it began, by its own clock. Where that changes while its uptime goes on, the clock was
 * set, not the guest restarted; where its uptime begins anew, it restarted and QEMU saw no reset.
 */
export const guestClock = rule({
  id: 'guest-clock',
  start: null,
  conclude: (view) => view.timeline.boots.flatMap((boot) => [...jumped(boot), ...restarted(boot)]),
});

function jumped(boot: Boot): readonly Conclusion[] {
  const jumps = changes(boot).filter(({ before, after }) => goesOn(before, after));
  if (jumps.length === 0) return [];
  return [
    conclude(null, [boot.boot], {
      id: 'guest.clock-jumped',
      severity: 'warning',
      title: "The guest's clock was set while it was observed",
      detail:
        'Its uptime went on, so it did not restart. Time is taken from its uptime, so nothing else changes.',
      evidence: jumps.slice(0, 5).map(({ before, after }) => evidence(before, after)),
    }),
  ];
}

function restarted(boot: Boot): readonly Conclusion[] {
  const found = changes(boot).find(({ before, after }) => !goesOn(before, after));
  if (found === undefined) return [];
  return [
    conclude('inconclusive', [boot.boot], {
      id: 'guest.restarted-unseen',
      severity: 'warning',
      title: 'The guest restarted, and QEMU saw no reset',
      detail: 'Its uptime began anew between two answers of one boot.',
      evidence: [evidence(found.before, found.after)],
      collect: ["the guest's event log of its last shutdown"],
    }),
  ];
}

/** Neighbouring readings that name another boot. */
function changes({ readings }: Boot): readonly { readonly before: Reading; readonly after: Reading }[] {
  // What fall-backs say names no boot.
  const named = readings.filter(({ weak }) => !weak);
  return named.flatMap((after, index) => {
    const before = named[index - 1];
    return before === undefined || before.bootId === after.bootId ? [] : [{ before, after }];
  });
}

function goesOn(before: Reading, after: Reading): boolean {
  if (before.uptime === null || after.uptime === null) return false;
  return Math.abs(after.uptime - before.uptime - (after.t - before.t)) <= TOLERANCE;
}

function evidence(before: Reading, after: Reading): ReturnType<typeof quote> {
  const name = (id: string | null): string => id ?? 'unnamed';
  const text = `boot ${name(before.bootId)}, up ${before.uptime ?? '?'} s, is now ${name(after.bootId)}, up ${after.uptime ?? '?'} s`;
  return quote(after.n, 'guest agent', text);
}
