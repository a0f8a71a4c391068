import type { LeaseHolder, LeaseWho } from './lease-holder.ts';
import type { LeaseLimits } from './lease-limits.ts';

export interface LeaseRequest extends LeaseWho {
  /** The device, as the kernel writes it: `0000:00:02.0`. */
  readonly address: string;
  /** Seconds to wait for another owner; 0: refuse at once. With 60 a dead owner's lease is always outwaited. */
  readonly wait: number;
  readonly signal?: AbortSignal | undefined;
  /** Called about every beat while somebody else holds it, with what they say of themselves by then. */
  readonly onWait?: (holder: LeaseHolder) => void;
}

/** Where and how fast; for tests. */
export interface LeaseSetting {
  readonly directory: string;
  readonly limits: LeaseLimits;
}

/**
 * The right to use one device of one node, alone. Three things keep two owners apart, each where the one before cannot:
 *
 * 1. The kernel of the node: the lease is its lock (flock(2)) on one file, held by one process there. That process
 *    lets go when its owner says so, when it dies, or 45 s after the last beat that counts (`LEASE_LIMITS`); an end of
 *    the connection alone changes nothing, since its owner may live. The clock of the node cannot be set wrong for it.
 * 2. The owner's own clock: `check` throws, and `signal` is aborted, 35 s after the last beat of which the owner knows
 *    that the node counts it. With clocks up to 5 % wrong that is 6 s before the node can give the lease away. `signal`
 *    needs a turn of the event loop: a process that was stopped, or whose machine slept, may do something else first.
 *    So ask `check` before each thing that is done; it reads a clock that goes on while the machine sleeps.
 * 3. The node's own look (`fenced`): a command that was sent in time and that a broken network delivers minutes later is
 *    not run. This alone also holds where the holder was killed or the node restarted, of which the owner learns late.
 *
 * What is not promised: a command that had begun runs on when the lease is lost, and so does a VM. Who takes the lease
 * next looks at the device's state first, as after any crash; `left` says that its last owner did not let go in order.
 */
export interface Lease extends AsyncDisposable {
  readonly address: string;
  /** Aborted with `LeaseLost`. Not by letting go. */
  readonly signal: AbortSignal;
  /** Who died, or was cut off, with the lease; null: nobody. */
  readonly left: LeaseHolder | null;
  /** @throws LeaseLost this owner may not act as one any more, or has let go */
  check(): void;
  /** The command for the node that runs this one only while this lease lasts; else it ends with `FENCED` and does nothing. */
  fenced(argv: readonly string[]): readonly string[];
}

/** Exit code of a command that the node has not run, because the lease is not its owner's any more. */
export const FENCED = 43;
