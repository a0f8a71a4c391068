import type { Machine } from '../../../wire/machine/machine.ts';
import { LeaseFailed } from './lease-errors.ts';
import { type LeaseHolder, readLeaseHolder } from './lease-holder.ts';
import { leaseAddress } from './lease-place.ts';
import { RUN_DIRECTORY } from '../run-directory.ts';
import { DESCRIBE_PROGRAM, REMOVE_PROGRAM } from './lease-programs.ts';

const LOOK = { seconds: 20, maxOutput: 262_144 };

/** A lease as the node has it now. */
export interface DescribedLease {
  readonly address: string;
  /** Somebody holds it: the kernel says so. Else it is what one left who died with it. */
  readonly live: boolean;
  /** Seconds since its owner was last heard of, by the node's clock. */
  readonly silent: number;
  readonly holder: LeaseHolder;
}

const LINE = /^(\S{12}) (live|dead) (\d{1,12}) (\d{1,12}) (.{0,2000})$/;

/**
 * All leases of a node, by address. Nothing is changed there; a lease may be another's the moment after.
 *
 * @throws LeaseFailed they may not be read, or not without root; what `Machine.run` throws
 */
export async function describeLeases(
  node: Machine,
  directory = RUN_DIRECTORY,
): Promise<readonly DescribedLease[]> {
  const { stdout } = await ask(node, 'the leases', ['perl', '-e', DESCRIBE_PROGRAM, '--', directory]);
  return stdout.split('\n').flatMap((line) => {
    const [, address, is, now, heard, said = ''] = LINE.exec(line) ?? [];
    if (address === undefined) return [];
    const silent = Math.max(0, Number(now) - Number(heard));
    return [{ address, live: is === 'live', silent, holder: readLeaseHolder(said, Number(now)) }];
  });
}

/**
 * Takes away what a dead owner's lease left. A lease that somebody holds stays: the node itself looks, under its lock.
 *
 * @returns `absent`: there is none (any more)
 * @throws LeaseFailed; RangeError no PCI address; what `Machine.run` throws
 */
export async function removeDeadLease(
  node: Machine,
  address: string,
  directory = RUN_DIRECTORY,
): Promise<'removed' | 'live' | 'absent'> {
  const argv = ['perl', '-e', REMOVE_PROGRAM, '--', directory, leaseAddress(address)];
  const { stdout } = await ask(node, `the lease of ${address}`, argv);
  const said = stdout.trim();
  if (said === 'removed' || said === 'live' || said === 'absent') return said;
  throw new LeaseFailed(`the lease of ${address} on ${node.name}`, `the node said ${said.slice(0, 200)}`);
}

async function ask(
  node: Machine,
  what: string,
  argv: readonly string[],
): Promise<{ readonly stdout: string }> {
  const { stdout, stderr, code } = await node.run(argv, LOOK);
  if (code !== 0)
    throw new LeaseFailed(
      `${what} on ${node.name}`,
      stderr.trim().slice(0, 300) || `perl ended with exit code ${code}`,
    );
  return { stdout };
}
