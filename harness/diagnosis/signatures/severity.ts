import type { Case } from '../case.ts';
import type { Severity } from '../finding.ts';
import type { Signal } from '../signature.ts';
import { concerns } from '../subject/passed.ts';
import { fails, works } from '../subject/trouble.ts';

/** The usual severity of a line with which QEMU or the start of the VM gives up. */
export function refusal(signals: readonly Signal[], of: Case): Severity | null {
  if (!signals.some((signal) => concerns(of, signal, 'refusal'))) return null;
  return works(of) ? 'info' : 'cause';
}

/** The usual severity of a kernel line that tells of a broken device: a cause only where it is said to fail. */
export function breakage(signals: readonly Signal[], of: Case): Severity | null {
  if (!signals.some((signal) => concerns(of, signal))) return null;
  return works(of) ? 'info' : fails(of) ? 'cause' : 'contributing';
}

/** The usual severity of a line that may matter, and that working systems print, too. */
export function suspicion(signals: readonly Signal[], of: Case): Severity | null {
  if (!signals.some((signal) => concerns(of, signal))) return null;
  return works(of) ? 'harmless' : 'warning';
}

/** Whether a listing of the host shows i915 or xe on the device. */
export function heldByGraphics({ facts }: Case): boolean {
  return facts.has('hostDriver', 'i915') || facts.has('hostDriver', 'xe');
}

export function harmless(): Severity {
  return 'harmless';
}

export function certain(): 'certain' {
  return 'certain';
}
