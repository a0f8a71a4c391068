import { duration, type LeaseHolder, leaseHolderText } from './lease-holder.ts';

/**
 * Somebody else holds the lease. The message may stand in a trace: who they are is in `holder.owner` alone, for the
 * terminal.
 */
export class LeaseHeld extends Error {
  override readonly name = 'LeaseHeld';
  readonly holder: LeaseHolder;

  /** @param lease for messages: `the lease of 0000:00:02.0 on root@pve` @param waited seconds */
  constructor(lease: string, holder: LeaseHolder, waited: number) {
    const how = waited > 0 ? ` after ${duration(waited)} of waiting` : '';
    super(
      `${lease} is held by ${leaseHolderText(holder)}${how}; wait until it has ended, or end it. ` +
        'The lease of one that was killed is free within a minute',
    );
    this.holder = holder;
  }
}

/** The lease is not certain any more, and another owner may have it soon: nothing more may be done under it. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';

  /** @param lease as in `LeaseHeld` */
  constructor(lease: string, why: string, options?: ErrorOptions) {
    super(`${lease} is lost: ${why}`, options);
  }
}

/** Leases cannot be taken or read, for a reason that is not another owner. */
export class LeaseFailed extends Error {
  override readonly name = 'LeaseFailed';

  /** @param what for messages: `the lease of 0000:00:02.0 on root@pve` */
  constructor(what: string, why: string, options?: ErrorOptions) {
    super(`${what}: ${why}${/denied|not permitted/i.test(why) ? '; leases need root there' : ''}`, options);
  }
}
