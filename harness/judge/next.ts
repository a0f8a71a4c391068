import type { TraceHeader } from '../trace/header.ts';
import { askedAt, dueAt, settled } from './settle.ts';
import type { Boot } from './boot.ts';
import { endingOf } from './ending.ts';
import { presentBoot, type Timeline } from './timeline.ts';

/** What the runner should do next in the present boot, and why; `until` is on the trace's harness clock. */
export type Next =
  | { readonly do: 'reach-agent'; readonly until: number; readonly why: string }
  | { readonly do: 'sample'; readonly until: number; readonly why: string }
  | { readonly do: 'wait'; readonly until: number; readonly why: string }
  | { readonly do: 'decided'; readonly why: string }
  | { readonly do: 'hopeless'; readonly why: string };

/** Answers refused or lost in a row before a boot is given up. */
const PATIENCE = 5;
/** Refusals by the agent itself: what it refuses three times it will refuse again. One answer of megabytes is enough. */
const AGENT_PATIENCE = 3;

/** Seconds that a question gets at least, however near the limit: an agent that was cut short was not silent. */
const FAIR = 10;

/**
 * The one give-up rule of the house: asked after every event, it tells a live run what to observe next.
 *
 * @param now seconds on the trace's harness clock
 */
export function next(timeline: Timeline, context: TraceHeader, now: number): Next {
  const boot = presentBoot(timeline);
  if (boot === undefined) return { do: 'hopeless', why: 'no boot has begun' };
  const ended = whyOver(timeline, now);
  if (ended !== null) return { do: 'hopeless', why: ended };
  const isExcess = boot.refused.some(({ as }) => as === 'too-long');
  if (isExcess || boot.refused.length >= AGENT_PATIENCE) {
    return { do: 'hopeless', why: `the guest agent refuses: ${boot.refused.at(-1)?.error ?? ''}` };
  }
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
  if (onlyWeak(boot, rule))
    return { do: 'hopeless', why: 'only fall-backs answer, and they show no problem' };
  const due = nextSampleAt(boot, rule);
  if (now < due) return { do: 'wait', until: due, why: settleWords(boot, rule) };
  return { do: 'sample', until: Math.max(limit, now + FAIR), why: settleWords(boot, rule) };
}

/**
 * Why the present boot is over whatever its deadlines say: it was skipped, or something that was seen has ended it.
 * Null while it goes on. A live run breaks off what it is doing then.
 */
export function whyOver(timeline: Timeline, now: number): string | null {
  const boot = presentBoot(timeline);
  if (boot === undefined) return null;
  return boot.skipped ?? endingOf(boot, now)?.why ?? null;
}

/** Whether fall-backs alone have said nothing to go by for a whole window: more of the same decides nothing. */
function onlyWeak(boot: Boot, rule: TraceHeader['cell']['settle']): boolean {
  const telling = boot.readings.findLastIndex(({ weak, state }) => !weak || state !== 'unknown');
  const held = boot.readings.slice(telling + 1);
  const seconds = (held.at(-1)?.t ?? 0) - (held[0]?.t ?? 0);
  return held.length >= rule.samples && seconds >= rule.unchanged;
}

/** Samples keep their pace from the first one on, however long the probe itself takes. */
function nextSampleAt(boot: Boot, rule: TraceHeader['cell']['settle']): number {
  const [first] = boot.readings;
  const asked = first === undefined ? (boot.agentUp?.t ?? boot.began) : askedAt(first);
  return dueAt(asked, boot.probed, rule);
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
