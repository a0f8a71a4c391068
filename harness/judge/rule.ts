import type { TraceEvent } from '../trace/event.ts';
import type { TraceHeader } from '../trace/header.ts';
import type { Verdict } from '../trace/words.ts';
import type { Evidence, Finding } from './result.ts';
import type { Integrity } from './integrity.ts';
import type { Timeline } from './timeline.ts';

/** What every rule may look at: what was asked, what was seen of each boot, and whether the trace is whole. */
export interface View {
  readonly context: TraceHeader;
  readonly timeline: Timeline;
  readonly integrity: Integrity;
}

/** A finding, and what it means for the boots it names; no boots: for the run as a whole. */
export interface Conclusion {
  readonly finding: Finding;
  readonly verdict: Exclude<Verdict, 'pass'> | null;
  readonly boots: readonly number[];
}

/**
 * One rule: what it remembers of the events (`memo`), and what it concludes at the end. Pure: no clock, no disk.
 * A new rule is one file and one line in `rules.ts`.
 */
export interface RuleDefinition<Memo> {
  readonly id: string;
  readonly start: Memo;
  /** Returns the same memo when the event does not concern the rule. */
  step?(memo: Memo, event: TraceEvent, context: TraceHeader): Memo;
  conclude(view: View, memo: Memo): readonly Conclusion[];
}

/** A rule in the middle of a trace. */
export interface Fold {
  readonly id: string;
  /** Null for a rule that remembers nothing: most look at the end only. */
  readonly step: ((event: TraceEvent, context: TraceHeader) => Fold) | null;
  conclude(view: View): readonly Conclusion[];
}

export function rule<Memo>(definition: RuleDefinition<Memo>): Fold {
  return foldWith(definition, definition.start);
}

function foldWith<Memo>(definition: RuleDefinition<Memo>, memo: Memo): Fold {
  const remember = definition.step?.bind(definition);
  const fold: Fold = {
    id: definition.id,
    step: remember
      ? (event, context) => {
          const stepped = remember(memo, event, context);
          return stepped === memo ? fold : foldWith(definition, stepped);
        }
      : null,
    conclude: (view) => definition.conclude(view, memo),
  };
  return fold;
}

/** A finding with the usual defaults, so that a rule states only what it has to say. */
export function finding(
  said: Pick<Finding, 'id' | 'severity' | 'title' | 'detail'> & Partial<Finding>,
): Finding {
  return { confidence: 'certain', boot: null, evidence: [], fix: null, collect: [], ...said };
}

/** A conclusion about some boots; the finding points at the boot when it is a single one. */
export function conclude(
  verdict: Conclusion['verdict'],
  boots: readonly number[],
  said: Parameters<typeof finding>[0],
): Conclusion {
  const only = boots.length === 1 ? (boots[0] ?? null) : null;
  return { verdict, boots, finding: finding({ boot: only, ...said }) };
}

export function quote(n: number, source: string, text: string): Evidence {
  return { n, source, text };
}

export function fact(source: string, text: string): Evidence {
  return { n: null, source, text };
}
