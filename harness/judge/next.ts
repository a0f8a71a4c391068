import type { TraceHeader } from '../trace/header.ts';
import { sampleInterval, settled } from './settle.ts';
import type { Boot } from './boot.ts';
import type { Timeline } from './timeline.ts';

/** What the runner should do next in the present boot, and why; `until` is on the trace's harness clock. */
export type Next =
  | { readonly do: 'reach-agent'; readonly until: number; readonly why: string }
  | { readonly do: 'sample'; readonly until: number; readonly why: string }
  | { readonly do: 'wait'; readonly until: number; readonly why: string }
  | { readonly do: 'decided'; readonly why: string }
  | { readonly do: 'hopeless'; readonly why: string };

/** Answers refused or lost in a row before a boot is given up. */
const PATIENCE = 5;

/**
 * The one give-up rule of the house: asked after every event, it tells a live run what to observe next.
 *
 * @param now seconds on the trace's harness clock
 */
export function next(timeline: Timeline, context: TraceHeader, now: number): Next {
  const boot = timeline.boots.at(-1);
  if (boot === undefined) return { do: 'hopeless', why: 'no boot has begun' };
  const ended = whyEnded(boot);
  if (ended !== null) return { do: 'hopeless', why: ended };
  const deadline = boot.began + context.guest.agentDeadline;
  if (boot.agentUp === null) {
    if (now < deadline) return { do: 'reach-agent', until: deadline, why: 'guest agent to answer' };
    return { do: 'hopeless', why: `the guest agent did not answer within ${context.guest.agentDeadline} s` };
  }
  const rule = context.cell.settle;
  const found = settled(boot, rule);
  if (found !== null) return { do: 'decided', why: found.reading.words };
  const limit = boot.agentUp.t + rule.limit;
  if (now >= limit) return { do: 'hopeless', why: `nothing settled within ${rule.limit} s` };
  if (boot.silences.length >= PATIENCE) return { do: 'hopeless', why: 'the guest agent went silent' };
  if (trailingRefusals(boot) >= PATIENCE) return { do: 'hopeless', why: 'the probe gave no answer to go by' };
  const due = nextSampleAt(boot, rule);
  if (now < due) return { do: 'wait', until: due, why: settleWords(boot, rule) };
  return { do: 'sample', until: limit, why: settleWords(boot, rule) };
}

function whyEnded(boot: Boot): string | null {
  if (boot.skipped !== null) return boot.skipped;
  if (boot.exit !== null) return 'QEMU is gone';
  if (boot.panic !== null) return 'the guest panicked';
  if (boot.guestShutdown !== null) return 'the guest shut itself down';
  return null;
}

/** Samples keep their pace from the first one on, however long the probe itself takes. */
function nextSampleAt(boot: Boot, rule: TraceHeader['cell']['settle']): number {
  const taken = boot.readings.length + boot.refusals.length;
  const first = boot.readings[0]?.t ?? boot.agentUp?.t ?? boot.began;
  return first + taken * sampleInterval(rule);
}

/** Refused answers since the last one that was believed. */
function trailingRefusals(boot: Boot): number {
  const last = boot.readings.at(-1);
  return boot.refusals.filter((refusal) => last === undefined || refusal.n > last.n).length;
}

function settleWords(boot: Boot, rule: TraceHeader['cell']['settle']): string {
  const last = boot.readings.at(-1);
  if (last === undefined) return 'first answer of the probe';
  return `${last.words} to hold for ${rule.unchanged} s`;
}
