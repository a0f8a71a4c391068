import type { Probe } from '../../trace/words.ts';
import type { Printed } from './fallback/sighting.ts';
import { refuse } from './frame.ts';
import { readLinuxAnswer } from './linux.ts';
import type { GuestReading, Refusal } from './reading.ts';
import { readWindowsAnswer } from './windows.ts';

const READERS = { windows: readWindowsAnswer, linux: readLinuxAnswer } as const satisfies Record<
  Probe,
  unknown
>;

/**
 * Reads the answer of a guest probe. Pure; never throws.
 *
 * @param out stdout of the probe, one character a byte
 * @param nonce the one the probe was asked with
 */
export function readAnswer(probe: Probe, out: string, nonce: string): GuestReading | Refusal {
  return READERS[probe](out, nonce);
}

/** The same of a probe's whole run: how it ended says more than what it printed, where that is no answer. */
export function readProbe(probe: Probe, run: Omit<Printed, 'err'>, nonce: string): GuestReading | Refusal {
  const answer = readAnswer(probe, run.out, nonce);
  if (!('refused' in answer)) return answer;
  if (run.signal !== null) return refuse('killed', `the probe was ended by signal ${run.signal}`);
  if (run.truncated) return refuse('too-long', 'the probe printed more than an answer may have');
  if (answer.refused !== 'empty' || run.exitcode === 0) return answer;
  return refuse('blocked', `the probe printed nothing and ended with exit code ${run.exitcode ?? 'unknown'}`);
}

const SHELL_FAILS: ReadonlySet<Refusal['refused']> = new Set(['blocked', 'limited', 'empty', 'killed']);

/** Whether the shell that the probe needs is what fails, so that other programs of the guest may still answer. */
export function wantsFallback(probe: Probe, answer: GuestReading | Refusal): boolean {
  return probe === 'windows' && 'refused' in answer && SHELL_FAILS.has(answer.refused);
}

/**
 * Whether an error of the agent says that this one program could not be started, rather than that the agent starts
 * none: it then names the command as disabled, not allowed or unknown (QEMU qga/main.c, qapi/qmp-dispatch.c).
 */
export function isUnstarted(command: string, error: string): boolean {
  return command === 'guest-exec' && !/is disabled|been disabled|not allowed|not been found/i.test(error);
}
