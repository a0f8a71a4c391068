import type { TraceEvent } from '../trace/event.ts';
import type { TraceHeader } from '../trace/header.ts';
import { passesThrough } from '../vmconfig/passes-through.ts';
import { QEMU } from './programs.ts';

/** What a run wrote down of the device under test while it went on, whatever its header says. Immutable. */
export interface Hardware {
  /** Every QEMU of a boot under test was started with the host's device; null: none was seen to start. */
  readonly passed: boolean | null;
  /** The host had another device at that address. */
  readonly isAnother: boolean;
  /** No VM had had it since the host was booted when it was last looked at. */
  readonly isFresh: boolean;
}

export const NO_HARDWARE: Hardware = { passed: null, isAnother: false, isFresh: false };

/**
 * Folds one event in; returns the same object when it says nothing of that.
 *
 * @param isControl the guest runs without the device on purpose
 */
export function stepHardware(
  hardware: Hardware,
  event: TraceEvent,
  { host: { igpu } }: TraceHeader,
  isControl: boolean,
): Hardware {
  if (event.ch === 'note' && event.kind === 'device') {
    const isAnother = hardware.isAnother || (event.id !== null && event.id !== igpu.id);
    const isFresh = event.fresh === true;
    const isSame = isAnother === hardware.isAnother && isFresh === hardware.isFresh;
    return isSame ? hardware : { ...hardware, isAnother, isFresh };
  }
  if (isControl || event.ch !== 'exec' || event.kind !== 'spawn' || !QEMU.test(event.program))
    return hardware;
  const passed = hardware.passed !== false && passesThrough(event.argv, igpu.address);
  return passed === hardware.passed ? hardware : { ...hardware, passed };
}
