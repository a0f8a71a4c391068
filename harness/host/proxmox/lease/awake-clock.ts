import { uptime } from 'node:os';

/**
 * Seconds since some moment, by a clock that nobody sets and that goes on while this machine sleeps. `performance.now()`
 * stands still then (CLOCK_MONOTONIC, clock_gettime(2)); `/proc/uptime`, which `uptime()` reads, does not (proc(5)). The
 * greater of both is taken: whoever reckons a deadline by it is never late.
 */
export function awakeClock(): () => number {
  const [began, upAtStart] = [performance.now(), uptime()];
  return () => Math.max((performance.now() - began) / 1000, uptime() - upAtStart);
}
