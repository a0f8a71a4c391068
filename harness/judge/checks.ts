import { CHECKS, type Check } from '../trace/words.ts';
import type { BootResult, CheckState } from './result.ts';
import { settledBoots } from './outcome.ts';
import type { View } from './rule.ts';
import type { Boot } from './boot.ts';

/** Answers the checks one by one. What no instrument saw stays `unobserved`. */
export function checks(view: View, boots: readonly BootResult[]): Readonly<Record<Check, CheckState>> {
  const begun = view.timeline.boots.filter((boot) => boot.skipped === null);
  const readings = begun.flatMap((boot) => boot.readings).filter((reading) => reading.state !== 'unknown');
  const settled = settledBoots(view).map(({ on }) => on.reading.state);
  const seen: Partial<Record<Check, CheckState>> = {
    vmStarts: all(begun.map((boot) => boot.greeting !== null || (boot.exit === null ? null : false))),
    guestUp: all(begun.map((boot) => (boot.agentUp !== null ? true : boot.ended === null ? null : false))),
    deviceSeen: all(
      readings.map((reading) => (reading.state === 'not-ready' ? null : reading.state !== 'absent')),
    ),
    driverStarted: all(settled.map((state) => state === 'healthy')),
    stable: all(begun.map(stayedHealthy)),
    reset: ofKind(boots, (boot) => boot.observed === 'reset'),
    reboot: ofKind(boots, (boot) => boot.observed === 'reboot'),
    restart: ofKind(boots, (boot) => boot.observed === 'start' && boot.boot > 0),
  };
  const entries = CHECKS.map((check) => [check, seen[check] ?? 'unobserved'] as const);
  return Object.fromEntries(entries) as Record<Check, CheckState>;
}

/** Of a device that was healthy once in this boot: whether it stayed so. Of one that never was, nothing. */
function stayedHealthy({ readings }: Boot): boolean | null {
  const first = readings.findIndex((reading) => reading.state === 'healthy');
  if (first < 0) return null;
  return readings.slice(first).every((reading) => reading.state === 'healthy' || reading.state === 'unknown');
}

function ofKind(boots: readonly BootResult[], is: (boot: BootResult) => boolean): CheckState {
  const decided = boots.filter((boot) => is(boot) && (boot.verdict === 'pass' || boot.verdict === 'fail'));
  return all(decided.map((boot) => boot.verdict === 'pass'));
}

/** `no` if any is false, `yes` if any is true and none false; nulls say nothing. */
function all(answers: readonly (boolean | null)[]): CheckState {
  if (answers.includes(false)) return 'no';
  return answers.includes(true) ? 'yes' : 'unobserved';
}
