import type { Settle } from '../trace/header.ts';
import type { Boot, Reading } from './boot.ts';

/** A condition that held long enough to count. */
export interface Settled {
  readonly reading: Reading;
  /** The readings that show it, first to last. */
  readonly readings: readonly Reading[];
  readonly seconds: number;
}

/** A guest tells its uptime in whole seconds: two of them are off by one at most. */
export const WHOLE_SECONDS = 1;

/**
 * The one settle rule of the house: the last readings all tell of one undisturbed condition, for at least `unchanged`
 * seconds on the harness's clock and on the guest's own, over at least `samples` readings, and the guest has been up
 * for at least `uptime` seconds. A reading that says nothing (`unknown`, `not-ready`) never settles, and nothing
 * settles as healthy while events of the boot were dropped.
 */
export function settled(boot: Boot, rule: Settle): Settled | null {
  const readings = undisturbed(boot.readings, rule);
  const first = readings[0];
  const last = readings.at(-1);
  if (first === undefined || last === undefined) return null;
  if (last.state === 'unknown' || last.state === 'not-ready') return null;
  const seconds = last.t - first.t;
  if (seconds < rule.unchanged || readings.length < rule.samples) return null;
  if (first.uptime === null || last.uptime === null || last.uptime < rule.uptime) return null;
  if (last.uptime - first.uptime < rule.unchanged - WHOLE_SECONDS) return null;
  if (last.state === 'healthy' && boot.dropped > 0) return null;
  return { reading: last, readings, seconds };
}

/** Seconds between two samples: as many as the rule wants within its window, ten at most, a quarter at least. */
export function sampleInterval(rule: Settle): number {
  return Math.min(10, Math.max(0.25, rule.unchanged / Math.max(1, rule.samples - 1)));
}

/** When the question was put that a reading answers. */
export function askedAt({ t, took }: Reading): number {
  return t - took;
}

/** When sample `index` of a boot is due, by when the first was asked for: the pace is kept however long the probe takes. */
export function dueAt(asked: number, index: number, rule: Settle): number {
  return asked + index * sampleInterval(rule);
}

/** The longest run of readings up to the last one in which nothing changed and none is missing. */
function undisturbed(readings: readonly Reading[], rule: Settle): readonly Reading[] {
  const last = readings.at(-1);
  if (last === undefined) return [];
  let first = readings.length - 1;
  let whole = 0;
  for (; first > 0; first -= 1) {
    const [earlier, later] = [readings[first - 1], readings[first]];
    if (earlier === undefined || later === undefined || !sameCondition(earlier, later)) break;
    const step = longestStep(later, rule);
    whole += step;
    if (hasHole(earlier, later, step) || hasHole(earlier, last, whole)) break;
    if (!clocksAgree(earlier, last, rule)) break;
  }
  return readings.slice(first);
}

/**
 * Same state, code and driver, by the same instruments, in a guest that was not restarted in between: its uptime did not
 * fall back. Its boot time may shift meanwhile, since that is set with the guest's clock.
 */
function sameCondition(a: Reading, b: Reading): boolean {
  return (
    a.state === b.state &&
    a.code === b.code &&
    a.weak === b.weak &&
    a.device?.driver?.version === b.device?.driver?.version &&
    a.device?.driver?.service === b.device?.driver?.service &&
    (a.uptime ?? 0) <= (b.uptime ?? 0)
  );
}

/**
 * Seconds by which the next sample must follow: half an interval late at most, where an interval is as long as the probe
 * takes. In a guest that is slow to answer nobody looked away meanwhile.
 */
function longestStep(later: Reading, rule: Settle): number {
  const interval = sampleInterval(rule);
  return Math.max(interval, later.took) + 0.5 * interval;
}

/**
 * Whether samples are missing between two that are `longest` seconds apart at most, by either clock: then nobody knows
 * what the device did meanwhile. Fall-backs keep no pace: they take as long as all their programs do, and since they
 * can never show that all is well, nothing passes by that.
 */
function hasHole(a: Reading, b: Reading, longest: number): boolean {
  if (b.weak) return false;
  if (b.t - a.t > longest) return true;
  return a.uptime !== null && b.uptime !== null && b.uptime - a.uptime >= longest + a.took + WHOLE_SECONDS;
}

/**
 * Whether as much time passed in the guest as here, to within half an interval and the guest's whole seconds. A sample
 * that was held up, or that belongs elsewhere, shows a difference. The guest looked at its clock at some time between
 * question and answer.
 */
function clocksAgree(a: Reading, b: Reading, rule: Settle): boolean {
  if (a.uptime === null || b.uptime === null) return true;
  const ahead = b.uptime - a.uptime - (b.t - a.t);
  const slack = 0.5 * sampleInterval(rule) + WHOLE_SECONDS;
  return -b.took - slack <= ahead && ahead <= a.took + slack;
}
