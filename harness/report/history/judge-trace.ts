import { start, step, verdict } from '../../judge/judge.ts';
import type { Result } from '../../judge/result.ts';
import type { Trace } from '../../trace/read.ts';
import type { RunRecord } from './line.ts';
import { observedDriver } from './observed-driver.ts';
import { runRecord } from './run-record.ts';

/** Judges a whole trace: what is said of the run in full, and what history keeps of it. */
export function judgeTrace(trace: Trace): { readonly result: Result; readonly record: RunRecord } {
  const state = trace.events.reduce(step, start(trace.header));
  const result = verdict(state, trace.digest);
  return { result, record: runRecord(trace.header, result, observedDriver(state.timeline)) };
}
