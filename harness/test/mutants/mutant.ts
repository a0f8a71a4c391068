import { digest } from '../../trace/digest.ts';
import type { TraceEvent } from '../../trace/event.ts';
import type { TraceHeader } from '../../trace/header.ts';
import type { Trace } from '../../trace/read.ts';
import { MUTATIONS, type MutationName } from './mutations.ts';
import { Random } from './random.ts';

/**
 * What was done about the marks of a mutation afterwards. `damaged`: nothing; events keep the numbers they were
 * recorded with. `resealed`: numbered again, with a count and a digest that fit. `retimed`: the times put in order too.
 */
export const SEALS = ['damaged', 'resealed', 'retimed'] as const;
export type Seal = (typeof SEALS)[number];

/** How to make one mutant of any trace, again and again. */
export interface Plan {
  readonly seal: Seal;
  readonly steps: readonly { readonly mutation: MutationName; readonly seed: number }[];
}

export interface Mutant {
  readonly trace: Trace;
  readonly headerText: string;
  readonly eventsText: string;
  /** What was done, step by step, for a person. */
  readonly did: readonly string[];
}

const NAMES = Object.keys(MUTATIONS) as MutationName[];
const MOST_STEPS = 5;

/** The plan of a seed: one to five mutations, few more often than many. */
export function planOf(seed: number): Plan {
  const random = new Random(seed);
  const seal = random.pick(SEALS);
  const count = random.between(1, random.between(1, MOST_STEPS));
  const steps = Array.from({ length: count }, () => ({ mutation: random.pick(NAMES), seed: random.seed() }));
  return { seal, steps };
}

/** Carries a plan out. The trace is left as it is. */
export function mutate(trace: Trace, { seal, steps }: Plan): Mutant {
  let events = trace.events;
  const did: string[] = [];
  for (const { mutation, seed } of steps) {
    if (events.length === 0) break;
    const mutated = MUTATIONS[mutation](events, new Random(seed));
    events = mutated.events;
    did.push(mutated.did);
  }
  if (seal === 'retimed') events = inOrderOfTime(events, trace.header);
  if (seal !== 'damaged') events = events.map((event, index) => ({ ...event, n: index + 1 }));
  const eventsText = events.map((event) => `${JSON.stringify(event)}\n`).join('');
  const header = seal === 'damaged' ? trace.header : { ...trace.header, events: sealOf(events, eventsText) };
  const headerText = `${JSON.stringify(header, null, 2)}\n`;
  return { trace: { header, events, digest: trace.digest }, headerText, eventsText, did };
}

function sealOf(events: readonly TraceEvent[], eventsText: string): NonNullable<TraceHeader['events']> {
  const bytes = new TextEncoder().encode(eventsText).length;
  return { count: events.length, bytes, sha256: digest(eventsText) };
}

/** The same events with the same times, these in ascending order on the harness's clock. */
function inOrderOfTime(events: readonly TraceEvent[], { clocks }: TraceHeader): readonly TraceEvent[] {
  const isTimed = ({ ch }: TraceEvent): boolean => clocks[ch] === 'harness';
  const times = events.filter(isTimed).map(({ t }) => t);
  times.sort((a, b) => a - b);
  const next = times.values();
  return events.map((event) => (isTimed(event) ? { ...event, t: next.next().value ?? event.t } : event));
}
