import type { VNode } from 'preact';
import { printable } from '../../text/printable.ts';
import type { TraceEvent } from '../../trace/event.ts';
import type { Result } from '../../judge/result.ts';
import { eventWords } from '../../trace/event-words.ts';

const FIRST = 400;
const CITED = 200;

/** The events that get a line: the first ones, and each that a finding or a sample cites, bounded. */
export function listedEvents(events: readonly TraceEvent[], result: Result): readonly TraceEvent[] {
  const quoted = result.findings.flatMap(({ evidence }) => evidence.flatMap(({ n }) => n ?? []));
  const sampled = result.boots.flatMap(({ samples }) => samples.map(({ n }) => n));
  const cited = new Set([...quoted, ...sampled]);
  const later = events.slice(FIRST).filter(({ n }) => cited.has(n));
  return [...events.slice(0, FIRST), ...later.slice(0, CITED)];
}

export function Events({
  shown,
  total,
}: {
  readonly shown: readonly TraceEvent[];
  readonly total: number;
}): VNode {
  return (
    <>
      <section class="scroll events" aria-label="Table of events" tabIndex={0}>
        <table>
          <caption class="visually-hidden">What was observed, in order</caption>
          <thead>
            <tr>
              <th scope="col" class="number">
                Event
              </th>
              <th scope="col" class="number">
                Seconds
              </th>
              <th scope="col">Channel</th>
              <th scope="col">What it says</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((event) => (
              <tr key={event.n} id={`e${event.n}`}>
                <td class="number">{event.n}</td>
                <td class="number">{event.t.toFixed(1)}</td>
                <td>{event.ch}</td>
                <td class="said">{printable(eventWords(event), 600)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {total > shown.length ? (
        <p class="quiet">{total - shown.length} more events are in the trace.</p>
      ) : null}
    </>
  );
}
