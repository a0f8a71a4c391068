import { type Rung, RUNGS } from '../../../trace/words.ts';
import { isWell, type Situation } from './situation.ts';

/** What may be done at all. */
export interface Allowed {
  /** The owner lets runs restart the host. */
  readonly reboot: boolean;
  /** The owner lets runs take the host's power away where it no longer answers, or does not restart when told. */
  readonly power: boolean;
}

/** A rung that was tried, and whether its effect was seen. */
export interface Tried {
  readonly rung: Rung;
  readonly worked: boolean;
}

/**
 * The mildest rung that applies and was not tried yet; null: all is well, or nothing is left.
 *
 * @param possible those that there is a way to try at all
 */
export function nextRung(
  situation: Situation,
  tried: readonly Tried[],
  possible: ReadonlySet<Rung>,
  allowed: Allowed,
): Rung | null {
  if (isWell(situation)) return null;
  const applying = RUNGS.filter((rung) => possible.has(rung) && applies(rung, situation, tried, allowed));
  return applying.find((rung) => !tried.some((one) => one.rung === rung)) ?? null;
}

function applies(
  rung: Rung,
  { host, vm, device }: Situation,
  tried: readonly Tried[],
  allowed: Allowed,
): boolean {
  switch (rung) {
    case 'wait':
      return host === null;
    case 'agent-shutdown':
    case 'acpi':
      return vm?.guestRuns === true;
    case 'stop':
    case 'kill':
      return vm !== null;
    case 'device-reset':
      return vm === null && device === 'silent';
    case 'driver-rebind':
      return vm === null && (device === 'silent' || device === 'wrong-driver');
    case 'host-reboot':
      return allowed.reboot && host !== null;
    case 'power-switch':
      return (
        allowed.power && (host === null || tried.some((one) => one.rung === 'host-reboot' && !one.worked))
      );
  }
}

/**
 * Whether the effect of a rung is there. @param bootId the host's last known boot id from before it; null: unknown
 */
export function hasWorked(rung: Rung, now: Situation, bootId: string | null): boolean {
  if (now.host === null) return false;
  switch (rung) {
    case 'wait':
      return true;
    case 'agent-shutdown':
    case 'acpi':
    case 'stop':
    case 'kill':
      // A host that crashed meanwhile has no VM either: that is not the rung's work.
      return now.vm === null && !wasRestarted(now, bootId);
    case 'device-reset':
    case 'driver-rebind':
      return now.vm === null && now.device === 'ready' && !wasRestarted(now, bootId);
    case 'host-reboot':
      return wasRestarted(now, bootId);
    case 'power-switch':
      // Of a host that was never heard of an answer is all there is to see.
      return bootId === null || wasRestarted(now, bootId);
  }
}

/** Whether the host answers and has another boot id than it had. @param bootId null: unknown */
export function wasRestarted({ host }: Situation, bootId: string | null): boolean {
  const now = host?.bootId ?? null;
  return now !== null && bootId !== null && now !== bootId;
}
