import type { BootKind, Verdict } from '../trace/words.ts';

/** What the runner tells while a plan runs, for people who watch. The trace is what counts; this is only said aloud. */
export type PlanEvent = { readonly cell: string } & (
  | { readonly kind: 'begin'; readonly boots: number }
  /** `boot` counts from 0, as the trace does. */
  | { readonly kind: 'boot'; readonly boot: number; readonly asked: BootKind }
  /** `until`: the deadline, milliseconds since the epoch. */
  | { readonly kind: 'wait'; readonly what: string; readonly until: number }
  /** Something of the lab failed; as it was said, for the person who sits there. */
  | { readonly kind: 'trouble'; readonly text: string }
  | { readonly kind: 'sample'; readonly state: string; readonly count: number }
  | {
      readonly kind: 'end';
      readonly verdict: Verdict;
      readonly asExpected: boolean | null;
      readonly seconds: number;
    }
);
