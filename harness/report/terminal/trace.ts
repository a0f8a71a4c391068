import { printable } from '../../text/printable.ts';
import type { TraceEvent } from '../../trace/event.ts';
import type { TraceHeader } from '../../trace/header.ts';
import { CHANNELS } from '../../trace/words.ts';
import { paint, type TerminalOptions } from './paint.ts';
import { eventWords } from '../../trace/event-words.ts';
import { fit, wrap } from './width.ts';

/** Characters of an event that are shown where lines are not cut to a terminal, and where they are shown whole. */
const LONG = 400;
const WHOLE = 1_048_576;
/** Alike events in a row that are still shown one by one. */
const ALIKE = 2;

/** What is shown of a trace's events: whole, cut to the terminal's width, or (null) to a length that a pipe can bear. */
export interface EventsShown {
  readonly width: 'whole' | 'terminal' | null;
}

/** What a trace is of: a few lines that stand above its events. */
export function traceSummary(
  header: TraceHeader,
  events: readonly TraceEvent[],
  { columns }: TerminalOptions,
): readonly string[] {
  const { id, cell, host, guest, rom } = header;
  const made = header.origin === 'run' ? 'recorded' : 'imported';
  const counts = CHANNELS.map((ch) => [ch, events.filter((event) => event.ch === ch).length] as const)
    .filter(([, count]) => count > 0)
    .map(([ch, count]) => `${ch} ${count}`);
  return [
    `${id} · ${cell.id} · ${made}${header.redacted === undefined ? '' : `, redacted by ${header.redacted.version}`}`,
    `host ${host.name} · guest ${guest.name} · ROM ${rom?.ref ?? 'unknown'}`,
    `${events.length} events${span(events)}: ${counts.join(', ')}${header.events === null ? '; the run never ended' : ''}`,
  ].flatMap((line) => wrap(printable(line, LONG), columns));
}

/** One line an event: number, seconds, channel, what it says. Alike ones in a row are counted. */
export function eventLines(
  events: readonly TraceEvent[],
  { width }: EventsShown,
  { columns, colour }: TerminalOptions,
): readonly string[] {
  return inRuns(events).flatMap(({ event, words, more, until }) => {
    const head = `${String(event.n).padStart(5)} ${event.t.toFixed(3).padStart(9)} ${event.ch.padEnd(9)} `;
    const said = printable(words, width === 'whole' ? WHOLE : LONG);
    const room = Math.max(20, columns - head.length);
    const shown = width === null ? [said] : width === 'terminal' ? [fit(said, room)] : wrap(said, room);
    const lines = shown.map(
      (line, at) => (at === 0 ? paint(colour, 'dim', head) : ' '.repeat(head.length)) + line,
    );
    const alike = `${' '.repeat(head.length)}… ${more} more like it until ${until.toFixed(3)}`;
    return more === 0 ? lines : [...lines, paint(colour, 'dim', alike)];
  });
}

interface Run {
  readonly event: TraceEvent;
  readonly words: string;
  /** How many alike ones follow that are not shown. */
  more: number;
  until: number;
}

function inRuns(events: readonly TraceEvent[]): readonly Run[] {
  const runs: Run[] = [];
  let alike = 0;
  for (const event of events) {
    const words = eventWords(event);
    const last = runs.at(-1);
    alike = last?.event.ch === event.ch && last.words === words ? alike + 1 : 0;
    if (last !== undefined && alike >= ALIKE) {
      last.more += 1;
      last.until = event.t;
    } else runs.push({ event, words, more: 0, until: event.t });
  }
  return runs;
}

/** Of the harness's clock alone: two clocks have no span. */
function span(events: readonly TraceEvent[]): string {
  const times = events.filter(({ ch }) => ch !== 'kernel' && ch !== 'statement').map(({ t }) => t);
  const [first, last] = [times[0], times.at(-1)];
  return first === undefined || last === undefined ? '' : ` over ${(last - first).toFixed(1)} s`;
}
