import { randomUUID } from 'node:crypto';
import type { Machine } from '../../../wire/machine/machine.ts';
import { KeptLease } from './kept-lease.ts';
import { leaseWhoLine } from './lease-holder.ts';
import { LEASE_LIMITS } from './lease-limits.ts';
import { leaseAddress } from './lease-place.ts';
import { RUN_DIRECTORY } from '../run-directory.ts';
import { HOLDER_PROGRAM } from './lease-programs.ts';
import type { Lease, LeaseRequest, LeaseSetting } from './lease.ts';

/**
 * Takes the lease of a device, and keeps it until it is disposed of or lost.
 *
 * @throws LeaseHeld another owner holds it, for as long as was to be waited; LeaseFailed; ConnectionLost; the signal's
 *   reason; RangeError no PCI address, or words that cannot stand in the file
 */
export async function takeLease(
  node: Machine,
  request: LeaseRequest,
  { directory, limits }: LeaseSetting = { directory: RUN_DIRECTORY, limits: LEASE_LIMITS },
): Promise<Lease> {
  request.signal?.throwIfAborted();
  const token = randomUUID();
  const { owner, purpose, run } = request;
  const words = [directory, leaseAddress(request.address), token, leaseWhoLine({ owner, purpose, run })];
  const times = [Math.max(0, request.wait), limits.hold].map((seconds) => String(Math.ceil(seconds)));
  const taking = new KeptLease(node, request, { directory, limits }, token);
  await taking.start(['perl', '-e', HOLDER_PROGRAM, '--', ...words, ...times]);
  return taking;
}
