import type { TraceEvent } from '../../trace/event.ts';
import { garbled } from './garble.ts';
import { asOtherKind } from './other-kind.ts';
import { panicWitness } from './panic-witness.ts';
import type { Random } from './random.ts';

/** What one mutation made of the events, and what it did, for a person. Events are never changed in place. */
export interface Mutated {
  readonly events: readonly TraceEvent[];
  readonly did: string;
}

type Mutation = (events: readonly TraceEvent[], random: Random) => Mutated;

/** Everything that can happen to a trace between its recorder and its judge. `events` is never empty. */
export const MUTATIONS = {
  /** A line is lost. */
  drop: (events, random) => {
    const at = random.below(events.length);
    return { events: events.toSpliced(at, 1), did: `drop ${name(events[at])}` };
  },

  /** A piece of the file is lost. */
  'drop-stretch': (events, random) => {
    const [at, length] = stretch(events, random);
    return { events: events.toSpliced(at, length), did: `drop ${length} from ${name(events[at])}` };
  },

  /** Every event of one kind is lost, or a part of them. */
  'drop-kind': (events, random) => {
    const kind = kindOf(random.pick(events));
    const kept = random.chance(0.5) ? 0 : 0.5;
    const left = events.filter((event) => kindOf(event) !== kind || random.chance(kept));
    return { events: left, did: `drop ${events.length - left.length} of ${kind}` };
  },

  /** A line is there twice, side by side or apart. */
  duplicate: (events, random) => {
    const at = random.below(events.length);
    const to = random.chance(0.5) ? at + 1 : random.between(0, events.length);
    const copy = events.slice(at, at + 1);
    return { events: events.toSpliced(to, 0, ...copy), did: `repeat ${name(events[at])} at ${to}` };
  },

  'duplicate-stretch': (events, random) => {
    const [at, length] = stretch(events, random);
    const copy = events.slice(at, at + length);
    return {
      events: events.toSpliced(at + length, 0, ...copy),
      did: `repeat ${length} from ${name(events[at])}`,
    };
  },

  /** An event is written down late, or with a wrong time. */
  delay: (events, random) => {
    const at = random.below(events.length);
    const seconds = random.chance(0.5) ? random.fraction() * 3 : random.fraction() * 200;
    const late = events.map((event, index) => (index === at ? shifted(event, seconds) : event));
    return { events: late, did: `delay ${name(events[at])} by ${seconds.toFixed(3)} s` };
  },

  /** Everything stands still for a while. */
  stall: (events, random) => {
    const at = random.below(events.length);
    const seconds = random.chance(0.5) ? random.fraction() * 3 : random.fraction() * 200;
    const late = events.map((event, index) => (index >= at ? shifted(event, seconds) : event));
    return { events: late, did: `stall for ${seconds.toFixed(3)} s before ${name(events[at])}` };
  },

  /** Time runs faster or slower than it did. */
  stretch: (events, random) => {
    const factor = 0.25 + random.fraction() * 4;
    return {
      events: events.map((event) => ({ ...event, t: round(event.t * factor) })),
      did: `stretch time by ${factor.toFixed(3)}`,
    };
  },

  swap: (events, random) => {
    const [a, b] = [random.below(events.length), random.below(events.length)];
    const [one, other] = [events[a], events[b]];
    if (one === undefined || other === undefined) return { events, did: 'swap nothing' };
    return { events: events.with(a, other).with(b, one), did: `swap ${name(one)} with ${name(other)}` };
  },

  move: (events, random) => {
    const [at, length] = stretch(events, random);
    const left = events.toSpliced(at, length);
    const to = random.between(0, left.length);
    return {
      events: left.toSpliced(to, 0, ...events.slice(at, at + length)),
      did: `move ${length} from ${name(events[at])} to ${to}`,
    };
  },

  shuffle: (events, random) => {
    const [at, length] = stretch(events, random);
    const piece = events
      .slice(at, at + length)
      .map((event) => ({ event, key: random.fraction() }))
      .sort((a, b) => a.key - b.key)
      .map(({ event }) => event);
    return {
      events: events.toSpliced(at, length, ...piece),
      did: `shuffle ${length} from ${name(events[at])}`,
    };
  },

  /** The file is cut off. */
  truncate: (events, random) => {
    const kept = random.below(events.length);
    return { events: events.slice(0, kept), did: `keep the first ${kept}` };
  },

  garble: (events, random) => {
    const at = random.below(events.length);
    const event = events[at];
    if (event === undefined) return { events, did: 'garble nothing' };
    const { event: changed, did } = garbled(event, random);
    return { events: events.with(at, changed), did: `garble ${name(event)}: ${did}` };
  },

  'other-kind': (events, random) => {
    const at = random.below(events.length);
    const event = events[at];
    if (event === undefined) return { events, did: 'retell nothing' };
    const retold = asOtherKind(event, random);
    return { events: events.with(at, retold), did: `${name(event)} becomes ${kindOf(retold)}` };
  },

  /** A line of a panic that never was, instead of another or beside it. */
  panic: (events, random) => {
    const at = random.below(events.length);
    const event = events[at];
    if (event === undefined) return { events, did: 'no panic' };
    const told = { ...panicWitness(events, random), n: event.n, t: event.t };
    const replaced = random.chance(0.5) ? 1 : 0;
    const said = 'line' in told ? told.line : JSON.stringify('data' in told ? told.data : null);
    return {
      events: events.toSpliced(at, replaced, told),
      did: `${replaced === 1 ? `${name(event)} becomes` : `before ${name(event)} comes`} a panic: ${said}`,
    };
  },
} as const satisfies Record<string, Mutation>;

export type MutationName = keyof typeof MUTATIONS;

/** Where it begins and how long it is: short ones often, any length sometimes. */
function stretch(events: readonly TraceEvent[], random: Random): readonly [number, number] {
  const at = random.below(events.length);
  const longest = random.chance(0.5) ? Math.min(6, events.length - at) : events.length - at;
  return [at, random.between(1, longest)];
}

function shifted(event: TraceEvent, seconds: number): TraceEvent {
  return { ...event, t: round(event.t + seconds) };
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

function kindOf(event: TraceEvent): string {
  return 'kind' in event ? `${event.ch} ${event.kind}` : event.ch;
}

function name(event: TraceEvent | undefined): string {
  return event === undefined ? 'nothing' : `#${event.n} ${kindOf(event)}`;
}
