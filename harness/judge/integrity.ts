import { CHANNEL_BYTES, CHANNEL_CAPS } from '../trace/caps.ts';
import type { TraceEvent } from '../trace/event.ts';
import type { TraceHeader } from '../trace/header.ts';
import { CHANNELS, type Channel } from '../trace/words.ts';
import { incomplete, type Flaw } from './integrity/flaw.ts';
import { outOfClock, outOfNumber, outOfPlace } from './integrity/out-of-place.ts';
import { answeredTwice, outOfTime } from './integrity/out-of-time.ts';
import type { Conclusion } from './rule.ts';
import type { Timeline } from './timeline.ts';

/** Events of a channel, and the bytes of their lines. */
interface Held {
  readonly events: number;
  readonly bytes: number;
}

/** How far a trace holds together by itself, whatever it says of the device. Immutable. */
export interface Integrity {
  readonly lastN: number;
  /** Time of the last event on the harness's clock, in seconds. */
  readonly now: number;
  /** Boots begun or skipped so far. */
  readonly boots: number;
  /** The boot, or the boot that a control belongs to, that has begun and not ended. */
  readonly open: number | null;
  /** The run said how it came to an end: as planned, or why not. */
  readonly ending: 'run.end' | 'broken off' | null;
  /** What each channel holds, in the order of `CHANNELS`: an array is copied faster than a record. */
  readonly held: readonly Held[];
  /** Channels of which events were dropped, as the recorder says itself. */
  readonly dropped: readonly Channel[];
  readonly flaws: readonly Flaw[];
}

const NOTHING_HELD: Held = { events: 0, bytes: 0 };

export const NOTHING_SEEN: Integrity = {
  lastN: 0,
  now: Number.NEGATIVE_INFINITY,
  boots: 0,
  open: null,
  ending: null,
  held: CHANNELS.map(() => NOTHING_HELD),
  dropped: [],
  flaws: [],
};

const FLAWS_KEPT = 10;
const UTF8 = new TextEncoder();
const BEYOND_ASCII = /[^\u0000-\u007f]/;

/** Folds one event in: its number, its time, and its place among the boots. Pure. */
export function stepIntegrity(before: Integrity, event: TraceEvent, context: TraceHeader): Integrity {
  const number = outOfNumber(before, event);
  const clock = outOfClock(before, event, context);
  const place = outOfPlace(before, event, context);
  const sound = number.length + clock.length + place.length === 0;
  const next: Integrity = {
    lastN: event.n,
    now: context.clocks[event.ch] === 'harness' ? event.t : before.now,
    boots: before.boots,
    open: before.open,
    ending: before.ending,
    held: holding(before.held, event),
    dropped: before.dropped,
    flaws: sound ? before.flaws : [...before.flaws, ...number, ...clock, ...place].slice(0, FLAWS_KEPT),
  };
  return event.ch === 'note' ? { ...next, ...progress(before, event) } : next;
}

/** Every sign that a trace is not as it was written down. */
export function flawsOf(
  integrity: Integrity,
  context: TraceHeader,
  { boots: underTest, controls }: Pick<Timeline, 'boots' | 'controls'>,
): readonly Flaw[] {
  const boots = [...underTest, ...controls.map(({ boot }) => boot)];
  return [
    ...integrity.flaws,
    ...answeredTwice(boots),
    ...boots.flatMap((boot) => outOfTime(boot, context.cell.settle)),
    ...atTheEnd(integrity, context),
  ];
}

/** The plain rule for a trace with flaws: nothing is called a cause, since it may rest on what is gone. */
export function soundOnly(conclusions: readonly Conclusion[], flaws: readonly Flaw[]): readonly Conclusion[] {
  if (flaws.length === 0) return conclusions;
  return conclusions.map((conclusion) =>
    conclusion.finding.severity === 'cause'
      ? { ...conclusion, finding: { ...conclusion.finding, severity: 'contributing' } }
      : conclusion,
  );
}

function progress(before: Integrity, event: Extract<TraceEvent, { ch: 'note' }>): Partial<Integrity> {
  switch (event.kind) {
    case 'boot.begin':
      return { boots: before.boots + 1, open: event.boot };
    case 'boot.skip':
      return { boots: before.boots + 1, open: null };
    case 'control.begin':
      return { open: event.of };
    case 'boot.end':
    case 'control.end':
      return { open: null };
    case 'run.end':
      return { ending: 'run.end' };
    case 'lab.error':
    case 'stopped':
    case 'unmet':
      return { ending: before.ending ?? 'broken off' };
    case 'dropped':
      return { dropped: [...new Set([...before.dropped, event.of])] };
    case 'not-honoured':
    case 'device':
    case 'recovery':
    case 'host.crash':
    case 'host.restart':
    case 'clock':
    case 'info':
      return {};
  }
}

function holding(held: Integrity['held'], event: TraceEvent): Integrity['held'] {
  const channel = CHANNELS.indexOf(event.ch);
  const { events, bytes } = held[channel] ?? NOTHING_HELD;
  return held.with(channel, { events: events + 1, bytes: bytes + lineBytes(event) });
}

/** As the recorder counts them: the line and its end. Nearly every line is ASCII, one byte a character. */
function lineBytes(event: TraceEvent): number {
  const line = JSON.stringify(event);
  return (BEYOND_ASCII.test(line) ? UTF8.encode(line).length : line.length) + 1;
}

/** What shows only once a run is over. Of one that was killed nothing more is known, and that is said elsewhere. */
function atTheEnd(integrity: Integrity, context: TraceHeader): readonly Flaw[] {
  if (context.events === null) return [];
  const count = integrity.held.reduce((sum, { events }) => sum + events, 0);
  const stated = context.events.count;
  return [
    ...(count === stated
      ? []
      : [incomplete(null, `there are ${count} events, and trace.json states ${stated}`)]),
    ...(context.origin === 'run' ? unsaid(integrity) : []),
  ];
}

/** What a recorder would have said of a run and is not there. */
function unsaid({ held, dropped, ending }: Integrity): readonly Flaw[] {
  const full = CHANNELS.filter((channel, index) => {
    const { events, bytes } = held[index] ?? NOTHING_HELD;
    return events >= CHANNEL_CAPS[channel] || bytes >= CHANNEL_BYTES[channel];
  });
  return [
    ...(ending === null ? [incomplete(null, 'the run does not say how it ended')] : []),
    ...full
      .filter((channel) => !dropped.includes(channel))
      .map((channel) => incomplete(null, `channel ${channel} is full, and nothing says what came after`)),
  ];
}
