import { digest } from './digest.ts';
import type { Observation, TraceEvent } from './event.ts';
import { TRACE_SCHEMA, type TraceHeader } from './header.ts';
import { createRedactor } from './redact.ts';
import { redactHeader } from './redact/redact-header.ts';
import { ObservationRedactor } from './redact/redact-observation.ts';
import { CHANNEL_CAPS, LINE_CAP } from './caps.ts';

export interface Fragments {
  /** Kernel logs of the host as people paste them, in the order given. */
  readonly dmesg: readonly string[];
  readonly statements: readonly string[];
}

export type ImportHeader = Omit<TraceHeader, 'schema' | 'origin' | 'clocks' | 'events' | 'redacted'>;

/** `[   4.075646] text`, the kernel's own prefix (Linux kernel/printk/printk.c): seconds since the host's boot. */
const STAMP = /^\[\s*(\d{1,9}\.\d{1,9})\]\s?(.*)$/;

/**
 * Builds the two files of a `reported` trace from fragments. A line without a time stamp keeps the time of the line
 * before; statements have no time at all, and no rule may order them against anything.
 */
export function importTrace(
  header: ImportHeader,
  fragments: Fragments,
): { readonly headerText: string; readonly eventsText: string } {
  const redactor = createRedactor();
  const observations = new ObservationRedactor(redactor);
  const timed = [
    ...fragments.dmesg.flatMap(kernelLines),
    ...fragments.statements.map((text) => ({ t: 0, observation: { ch: 'statement', text } as const })),
  ];
  const events = timed.map(({ t, observation }, index) => {
    return { n: index + 1, t, ...observations.redact(observation) } satisfies TraceEvent;
  });
  const eventsText = events.map((event) => `${JSON.stringify(event)}\n`).join('');
  const complete: TraceHeader = {
    schema: TRACE_SCHEMA,
    origin: 'import',
    ...redactHeader(header, redactor),
    clocks: { kernel: 'host-kernel', statement: 'none' },
    events: {
      count: events.length,
      bytes: new TextEncoder().encode(eventsText).length,
      sha256: digest(eventsText),
    },
  };
  return { headerText: `${JSON.stringify(complete, null, 2)}\n`, eventsText };
}

function kernelLines(text: string): { t: number; observation: Observation }[] {
  let t = 0;
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, CHANNEL_CAPS.kernel)
    .map((line) => {
      const match = STAMP.exec(line);
      if (match?.[1] !== undefined) t = Number(match[1]);
      return { t, observation: { ch: 'kernel', line: (match?.[2] ?? line).slice(0, LINE_CAP) } };
    });
}
