import { setTimeout as pause } from 'node:timers/promises';
import type { Machine } from '../../../wire/machine/machine.ts';
import { removeDeadLease } from './describe-leases.ts';
import { LEASE_LIMITS } from './lease-limits.ts';
import type { Lease } from './lease.ts';

/** Seconds beyond its time until a holder is gone, and between two looks. */
const SPARE = 10;
const LOOK = 1;

/**
 * Lets go of a lease, and takes away what it left. One that was cut off from its holder cannot tell it so: the holder
 * ends by itself, and the file stays. Where somebody else has taken it since, it is theirs.
 *
 * @throws LeaseFailed; what `Machine.run` throws
 */
export async function letGo(node: Machine, lease: Lease): Promise<void> {
  await lease[Symbol.asyncDispose]();
  if (!lease.signal.aborted) return;
  const until = performance.now() + (LEASE_LIMITS.hold + SPARE) * 1000;
  while ((await removeDeadLease(node, lease.address)) === 'live' && performance.now() < until)
    await pause(LOOK * 1000);
}
