import type { Result } from '../judge/result.ts';
import type { RunRecord } from '../report/history/line.ts';
import type { TraceEvent } from '../trace/event.ts';
import type { TraceHeader } from '../trace/header.ts';

/** One run as the matrix shows it. */
export interface SiteRun {
  readonly record: RunRecord;
  /** What older rules said of it, newest first. */
  readonly earlier: readonly RunRecord[];
  /** In history, kept with the scenarios, or only here: a run that is only here is marked as not recorded. */
  readonly kept: 'history' | 'scenarios' | 'here';
  /** Whether its trace is here, so that it has a page of its own. */
  readonly page: boolean;
}

/** A run with the trace that it was judged from: what its own page shows. */
export interface TracedRun {
  readonly result: Result;
  readonly header: TraceHeader;
  readonly events: readonly TraceEvent[];
}
