import type { Result } from '../judge/result.ts';
import type { TraceEvent } from '../trace/event.ts';
import type { TraceHeader } from '../trace/header.ts';

/** One judged run with the trace that it was judged from. */
export interface SiteRun {
  readonly result: Result;
  readonly header: TraceHeader;
  readonly events: readonly TraceEvent[];
}
