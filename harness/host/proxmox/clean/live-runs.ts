import type { DescribedLease } from '../lease/describe-leases.ts';
import type { LeaseHolder } from '../lease/lease-holder.ts';
import { isMark, type RunMark } from '../life/run-mark.ts';
import type { Fate } from './item.ts';

/** Who may be at work on a node, by its leases. */
export class LiveRuns {
  readonly #holders: readonly LeaseHolder[];

  constructor(leases: readonly DescribedLease[]) {
    this.#holders = leases.filter(({ live }) => live).map(({ holder }) => holder);
  }

  /** Of what this run has made, or, null, of what any may have. @returns null: nobody uses it */
  inUse(run: RunMark | null): Fate | null {
    const by =
      run === null
        ? this.#holders[0]
        : (this.#holders.find((holder) => holder.run === run) ?? this.#holders.find(mayBeAnyRun));
    return by === undefined ? null : { kind: 'in-use', by };
  }
}

/** A holder whose words say no run might be any of them. */
function mayBeAnyRun({ run }: LeaseHolder): boolean {
  return run === null || !isMark(run);
}
