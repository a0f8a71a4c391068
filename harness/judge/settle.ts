import type { Settle } from '../trace/header.ts';
import type { Boot, Reading } from './boot.ts';

/** A condition that held long enough to count. */
export interface Settled {
  readonly reading: Reading;
  /** The readings that show it, first to last. */
  readonly readings: readonly Reading[];
  readonly seconds: number;
}

/**
 * The one settle rule of the house: the last readings all say the same, for at least `unchanged` seconds, over at
 * least `samples` readings, and the guest has been up for at least `uptime` seconds. A reading that says nothing
 * (`unknown`, `not-ready`) never settles, and nothing settles while events of the boot were dropped.
 */
export function settled(boot: Boot, rule: Settle): Settled | null {
  const readings = boot.readings.slice(boot.streak);
  const first = readings[0];
  const last = readings.at(-1);
  if (first === undefined || last === undefined) return null;
  if (last.state === 'unknown' || last.state === 'not-ready') return null;
  const seconds = last.t - first.t;
  if (seconds < rule.unchanged || readings.length < rule.samples) return null;
  if (last.uptime === null || last.uptime < rule.uptime) return null;
  if (last.state === 'healthy' && boot.dropped > 0) return null;
  return { reading: last, readings, seconds };
}

/** Seconds between two samples: as many as the rule wants within its window, ten at most, a quarter at least. */
export function sampleInterval(rule: Settle): number {
  return Math.min(10, Math.max(0.25, rule.unchanged / Math.max(1, rule.samples - 1)));
}
