import { randomBytes } from 'node:crypto';
import type { Vm } from '../host/host.ts';
import type { Next } from '../judge/next.ts';
import type { Watch } from './watch.ts';

/** How a boot's observation ended, and whether the guest can be driven on. */
export interface Observed {
  readonly why: string;
  readonly drivable: boolean;
}

/** A driver promised an observation and made none: without this the loop would spin. */
export class NothingObserved extends Error {
  constructor(step: Next['do']) {
    super(`the host driver was asked to "${step}" and recorded nothing`);
    this.name = 'NothingObserved';
  }
}

/**
 * Does what the judge asks for, until the boot is decided or hopeless. Every wait has the judge's deadline and
 * reason, and ends early when something is observed.
 *
 * @throws NothingObserved, the abort reason of `signal`, and whatever the driver throws: failures of the lab
 */
export async function observeBoot(vm: Vm, watch: Watch, signal: AbortSignal): Promise<Observed> {
  for (;;) {
    signal.throwIfAborted();
    const next = watch.next();
    if (next.do === 'decided') return { why: next.why, drivable: true };
    if (next.do === 'hopeless') return { why: next.why, drivable: watch.agentAlive() };
    if (next.do === 'wait') {
      await watch.observationOrUntil(next.until, signal);
      continue;
    }
    watch.announce(next.why, next.until);
    const before = watch.count();
    const seconds = Math.max(0, next.until - watch.now());
    const step = next.do;
    await watch.untilOver(
      (either) =>
        step === 'reach-agent' ? vm.reachAgent(seconds, either) : vm.sample(nonce(), seconds, either),
      signal,
    );
    const nothing = watch.count() === before && watch.now() < next.until;
    if (nothing) throw new NothingObserved(next.do);
  }
}

/** Binds an answer to its question; letters and digits, since it stands in a script. */
function nonce(): string {
  return randomBytes(12).toString('hex');
}
