import { judge } from '../../judge/judge.ts';
import type { Result } from '../../judge/result.ts';
import { readTrace, TraceError, type Trace } from '../../trace/read.ts';
import { whatIsShown, whyExcluded, type Shown } from './excludes.ts';
import { fitsSchema } from './garble.ts';
import { mutate, planOf, type Mutant, type Plan } from './mutant.ts';

/** A trace before anything was done to it, and what it shows. */
export interface Original {
  readonly name: string;
  readonly trace: Trace;
  readonly shown: Shown;
}

/** A mutant that deceived the judge, with as few mutations as still deceive it. */
export interface Deception {
  readonly original: string;
  readonly seed: number;
  readonly seal: Plan['seal'];
  readonly did: readonly string[];
  /** What went wrong, in one line each. */
  readonly wrong: readonly string[];
}

export function originalOf(name: string, trace: Trace): Original {
  return { name, trace, shown: whatIsShown(trace, judge(trace)) };
}

/** Makes the mutant of a seed and holds the judge and the reader to what they owe it; null: they stood. */
export function checkMutant(original: Original, seed: number): Deception | null {
  const plan = planOf(seed);
  if (wrongWith(original, plan).length === 0) return null;
  const least = reduced(original, plan);
  return {
    original: original.name,
    seed,
    seal: plan.seal,
    did: mutate(original.trace, least).did,
    wrong: wrongWith(original, least),
  };
}

/** Without every step that is not needed to deceive. */
function reduced(original: Original, plan: Plan): Plan {
  for (const index of plan.steps.keys()) {
    const fewer = { ...plan, steps: plan.steps.toSpliced(index, 1) };
    if (wrongWith(original, fewer).length > 0) return reduced(original, fewer);
  }
  return plan;
}

function wrongWith(original: Original, plan: Plan): readonly string[] {
  const mutant = mutate(original.trace, plan);
  const fed = mutant.trace.events.every(fitsSchema) ? judged(() => mutant.trace) : [];
  const outcomes = [...fed, ...judged(() => read(mutant)), ...judged(() => read(unsealed(mutant)))];
  const wrong = outcomes.flatMap((outcome) =>
    typeof outcome === 'string' ? [outcome] : deceived(original, outcome),
  );
  return [...new Set(wrong)];
}

/** The judge's result of a trace; its error where it threw; nothing where the reader refused the trace. */
function judged(trace: () => Trace): readonly (Result | string)[] {
  try {
    return [judge(trace())];
  } catch (error) {
    if (error instanceof TraceError) return [];
    return [`threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
}

function read({ headerText, eventsText }: Pick<Mutant, 'headerText' | 'eventsText'>): Trace {
  return readTrace(headerText, eventsText);
}

/** The same files as a run that never ended: nothing states a digest, so the reader must look at every line. */
function unsealed({ trace, eventsText }: Mutant): Pick<Mutant, 'headerText' | 'eventsText'> {
  return { headerText: JSON.stringify({ ...trace.header, events: null }), eventsText };
}

function deceived({ shown }: Original, result: Result): readonly string[] {
  const { verdict } = shown.result;
  const passes = result.verdict === 'pass' && verdict !== 'pass';
  const causes = result.findings.filter(({ severity }) => severity === 'cause');
  return [
    ...(passes ? [`verdict ${verdict} became pass`] : []),
    ...causes.flatMap((cause) => {
      const why = whyExcluded(shown, cause);
      return why === null
        ? []
        : [`names ${cause.id} (verdict ${verdict} → ${result.verdict}), though ${why}`];
    }),
  ];
}
