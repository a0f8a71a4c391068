import type { TraceEvent } from '../trace/event.ts';
import type { TraceHeader } from '../trace/header.ts';
import type { Trace } from '../trace/read.ts';
import type { Verdict } from '../trace/words.ts';
import { checks } from './checks.ts';
import { evidenceClass } from './evidence-class.ts';
import { identity } from './identity.ts';
import { wantedControl, type WantedControl } from './control.ts';
import { flawsOf, NOTHING_SEEN, soundOnly, stepIntegrity, type Integrity } from './integrity.ts';
import { next, whyOver, type Next } from './next.ts';
import { settledBoots } from './outcome.ts';
import { rankFindings } from './rank.ts';
import type { BootResult, Result } from './result.ts';
import type { Conclusion, Fold, View } from './rule.ts';
import { RULES, RULES_VERSION } from './rules.ts';
import { settled } from './settle.ts';
import type { Boot } from './boot.ts';
import { EMPTY_TIMELINE, stepTimeline, type Timeline } from './timeline.ts';
import { bootVerdict, runVerdict } from './verdict.ts';

/** Everything the judge remembers of a trace so far. Immutable. */
export interface JudgeState {
  readonly context: TraceHeader;
  readonly timeline: Timeline;
  readonly integrity: Integrity;
  readonly rules: readonly Fold[];
}

export function start(context: TraceHeader): JudgeState {
  return { context, timeline: EMPTY_TIMELINE, integrity: NOTHING_SEEN, rules: RULES };
}

/** Folds one event in. Feeding a trace event by event or all at once gives the same verdict. */
export function step(state: JudgeState, event: TraceEvent): JudgeState {
  const { context } = state;
  const timeline = stepTimeline(state.timeline, event, context);
  let rules = state.rules;
  for (const [index, fold] of state.rules.entries()) {
    const stepped = fold.step?.(event, context) ?? fold;
    if (stepped !== fold) rules = rules.with(index, stepped);
  }
  return { context, timeline, integrity: stepIntegrity(state.integrity, event, context), rules };
}

/** What a live run should do next; `now` is on the trace's harness clock, in seconds. */
export function whatNext(state: JudgeState, now: number): Next {
  return next(state.timeline, state.context, now);
}

/** Why the present boot is over whatever is being waited for; null while it goes on. */
export function isOver(state: JudgeState, now: number): string | null {
  return whyOver(state.timeline, now);
}

/** The boot, if any, for which the same guest should be started without the device. To be asked once all boots are done. */
export function controlOf(state: JudgeState): WantedControl | null {
  return wantedControl(state);
}

/** The result so far. `traceDigest` names the trace it is computed from; null while there is none. */
export function verdict(state: JudgeState, traceDigest: string | null): Result {
  const { context, timeline, integrity } = state;
  const view: View = { context, timeline, integrity };
  const flaws = flawsOf(integrity, context, timeline);
  const conclusions = soundOnly(
    state.rules.flatMap((fold) => fold.conclude(view)),
    flaws,
  );
  const boots = timeline.boots.map((boot) => bootResult(boot, view, conclusions));
  const ofRun = runVerdict(
    view,
    boots.map((boot) => boot.verdict),
    conclusions,
  );
  const findings = rankFindings(conclusions);
  const { cell } = context;
  return {
    schema: 1,
    rules: RULES_VERSION,
    tool: context.tool.version,
    run: context.id,
    trace: traceDigest,
    cell: cell.id,
    scenario: cell.scenario,
    name: cell.name,
    axes: cell.axes,
    host: context.host.name,
    guest: context.guest.name,
    rom: context.rom?.ref ?? null,
    attempt: cell.attempt,
    identity: identity(context),
    started: context.started,
    evidenceClass: evidenceClass(context, timeline),
    verdict: ofRun,
    by: isByStatement(view) ? 'statement' : 'observation',
    expect: cell.expect,
    asExpected: asExpected(context, ofRun, findings[0]?.id),
    settle: cell.settle,
    boots,
    checks: checks(view, boots),
    findings,
  };
}

/** Whether nothing but what a reporter said carries the verdict. */
function isByStatement(view: View): boolean {
  return settledBoots(view).length === 0 && view.timeline.claims.some((claim) => claim.says !== null);
}

/** Judges a whole trace. */
export function judge(trace: Trace): Result {
  return verdict(trace.events.reduce(step, start(trace.header)), trace.digest);
}

/**
 * Whether the verdict, and the first finding where one was named, are what the scenario expects; null where nothing
 * was expected, or where a skip, a failure of the lab or a person at the console leaves the expectation open.
 */
function asExpected(context: TraceHeader, ofRun: Verdict, first: string | undefined): boolean | null {
  const { expect } = context.cell;
  if (expect === null || context.console === 'attended') return null;
  if (expect.verdict !== ofRun && (ofRun === 'skip' || ofRun === 'error')) return null;
  return expect.verdict === ofRun && (expect.finding === undefined || expect.finding === first);
}

function bootResult(boot: Boot, view: View, conclusions: readonly Conclusion[]): BootResult {
  return {
    boot: boot.boot,
    asked: boot.asked,
    observed: boot.observed,
    verdict: bootVerdict(boot.boot, view, conclusions),
    began: boot.began,
    ended: boot.ended,
    agentUp: boot.agentUp?.t ?? null,
    samples: boot.readings.map(({ n, t, uptime, code, words }) => ({ n, t, uptime, code, state: words })),
    settled: settled(boot, view.context.cell.settle) !== null,
  };
}
