import { cameUp, type Boot } from './boot.ts';
import { endingOf, type EndingKind } from './ending.ts';
import { quote, type Conclusion, type View } from './rule.ts';
import type { Evidence } from './result.ts';
import { settled } from './settle.ts';
import { hadRoom } from './had-room.ts';

/** A boot that came to no verdict, and why: the same guest without the device would tell whether it is to blame. */
export interface WantedControl {
  readonly of: number;
  readonly why: string;
}

/**
 * Endings after which a control decides. Not a guest that restarted or shut itself down: one that installs updates
 * does so once, and its second start proves nothing. Not QEMU's own end: that is the lab's.
 */
const CONTROLLED: ReadonlySet<EndingKind> = new Set([
  'panicked',
  'internal-error',
  'watchdog',
  'reset-loop',
  'nothing-to-boot',
]);

/** Refusals of an answer that came, or of a shell that another one stands in for. */
export const INSTRUMENT_FAILED: ReadonlySet<string> = new Set([
  'stale',
  'broken',
  'limited',
  'blocked',
  'empty',
]);

/** Seconds that tell a silent agent from one that was asked when no time was left. */
const SILENCE = 2;

/** The one control of a run: for its first boot that ended without a verdict, if it is one that a control can decide. */
export function wantedControl(view: View): WantedControl | null {
  if (view.timeline.controls.length > 0 || view.timeline.boots.some((boot) => boot.stopped)) return null;
  for (const boot of view.timeline.boots) {
    const why = undecided(boot, view);
    if (why !== null) return { of: boot.boot, why };
  }
  return null;
}

/** A control is a start: a reset or a reboot that went wrong has no counterpart in it. */
function undecided(boot: Boot, view: View): string | null {
  if (boot.skipped !== null || boot.ended === null) return null;
  // Only a VM that was seen to start has come to nothing.
  if (boot.pid === null || boot.greeting === null) return null;
  if (boot.asked !== 'start' && boot.asked !== 'cold') return null;
  if (settled(boot, view.context.cell.settle) !== null) return null;
  const ending = endingOf(boot, boot.ended);
  if (ending !== null) return CONTROLLED.has(ending.kind) ? ending.why : null;
  // An agent that never came up was never asked: what it says to a question is not of this boot.
  if (!cameUp(boot) && (boot.probed > 0 || boot.refused.some(({ as }) => as === 'error'))) return null;
  // A silence that nobody wrote down is none.
  if (boot.silences.length > 0 || !boot.agentSpoke) {
    if (!boot.silences.some((silence) => silence.waited >= SILENCE && hadRoom(silence, boot))) return null;
    return boot.agentSpoke ? 'the guest agent went silent' : 'the guest agent never answered';
  }
  // A guest whose probe ran is up, whatever its answers are worth: an instrument that fails is no evidence.
  const running = boot.refusals.find(({ waited }) => waited > 0);
  if (running !== undefined && !hadRoom(running, boot)) return null;
  const answered = boot.readings.length > 0 || boot.refusals.some(({ kind }) => INSTRUMENT_FAILED.has(kind));
  return answered ? null : 'nothing told of the device';
}

export interface Comparison {
  /** `fail` where only the device makes the difference. */
  readonly verdict: 'fail' | 'inconclusive';
  readonly evidence: readonly Evidence[];
  /** What the control says, as a sentence for the finding's detail; empty where there was none. */
  readonly words: string;
  readonly collect: readonly string[];
}

const NONE: Comparison = {
  verdict: 'inconclusive',
  evidence: [],
  words: '',
  collect: ['a boot of the same guest without the device'],
};

/** What the control of this run says of a boot that ended without a verdict. */
export function compare(boot: Boot, view: View): Comparison {
  if (undecided(boot, view) === null) return { ...NONE, collect: [] };
  const control = view.timeline.controls.find(({ of }) => of === boot.boot);
  if (control === undefined || control.boot.ended === null || control.boot.stopped) return NONE;
  if (control.boot.agentUp === null && control.boot.agentSpoke) return NONE;
  const held = settled(control.boot, view.context.cell.settle);
  if (held?.reading.state === 'absent' && !held.reading.weak) {
    const words = 'The same guest came up without the device: with it, it does not.';
    const text = `control: ${held.reading.words}, and it answered for ${held.seconds.toFixed(1)} s`;
    return { verdict: 'fail', evidence: [quote(held.reading.n, 'guest agent', text)], words, collect: [] };
  }
  const failure = howControlFailed(control.boot);
  const words =
    failure === null
      ? 'A control boot without the device was tried and decides nothing.'
      : "The same guest fails without the device as well: the lab's guest is to blame, not the device.";
  return { ...NONE, evidence: failure ?? [], words, collect: [] };
}

/** The comparison put into a conclusion that a rule has drawn of a boot by itself. */
export function withControl(conclusion: Conclusion, boot: Boot, view: View): Conclusion {
  const { verdict, evidence, words, collect } = compare(boot, view);
  const { finding } = conclusion;
  return {
    ...conclusion,
    verdict,
    finding: {
      ...finding,
      severity: verdict === 'fail' ? 'cause' : finding.severity,
      detail: words === '' ? finding.detail : `${finding.detail} ${words}`,
      evidence: [...finding.evidence, ...evidence],
      collect: verdict === 'fail' ? [] : [...finding.collect, ...collect],
    },
  };
}

/** How the guest failed in its control; null where that cannot be said of it. */
function howControlFailed(boot: Boot): readonly Evidence[] | null {
  const ending = endingOf(boot, boot.ended ?? Infinity);
  if (ending !== null) {
    const failed = CONTROLLED.has(ending.kind);
    return failed ? ending.evidence.map((one) => ({ ...one, text: `control: ${one.text}` })) : null;
  }
  const silence = boot.silences.at(-1);
  if (silence !== undefined)
    return [quote(silence.n, 'guest agent', `control: no answer to ${silence.command}`)];
  const refused = boot.refused.at(-1);
  if (refused !== undefined) return [quote(refused.n, 'guest agent', `control: ${refused.error}`)];
  const unread = boot.readings.every(({ weak }) => weak) ? boot.refusals.at(-1) : undefined;
  return unread === undefined ? null : [quote(unread.n, 'guest agent', `control: ${unread.why}`)];
}
