/** How long things take in a lease, each on the clock of whoever waits, in seconds. */
export interface LeaseLimits {
  /** From one heartbeat of the owner to the next. */
  readonly beat: number;
  /** The owner trusts its lease no longer than this after it sent the beat that was answered, and echoed, last. */
  readonly trust: number;
  /** The holder lets go this long after it read that beat. Whole seconds: alarm(2) knows no others. */
  readonly hold: number;
}

/**
 * With clocks that run up to 5 % fast or slow the owner stops after 36.8 s of true time at the latest, and the holder
 * lets go after 42.9 s at the earliest: what was begun in time has 6 s to reach the node. A dead owner's lease is free
 * after 48.4 s of true time (47.4 s, and what alarm(2) rounds up), whatever the network does.
 */
export const LEASE_LIMITS: LeaseLimits = { beat: 5, trust: 35, hold: 45 };
