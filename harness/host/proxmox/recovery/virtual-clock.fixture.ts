import type { Clock } from './try-rung.ts';

/** A clock on which nobody waits. */
export interface VirtualClock extends Clock {
  /** Does something once so many seconds have been waited. */
  after(seconds: number, what: () => void): void;
}

export function virtualClock(): VirtualClock {
  let now = 0;
  let due: { readonly at: number; readonly what: () => void }[] = [];
  return {
    now: () => now,
    pause: (seconds) => {
      now += seconds;
      for (const { at, what } of due) if (at <= now) what();
      due = due.filter(({ at }) => at > now);
      return Promise.resolve();
    },
    after: (seconds, what) => {
      due.push({ at: now + seconds, what });
    },
  };
}
