import { digest } from './digest.ts';
import type { TraceEvent } from './event.ts';
import type { Recording, TraceHeader } from './header.ts';
import { createRedactor, type Redactor, type RedactorOptions } from './redact.ts';
import type { Tally } from './redact/pseudonyms.ts';
import { redactHeader } from './redact/redact-header.ts';
import { ObservationRedactor } from './redact/redact-observation.ts';
import { redactRecording } from './redact/redact-recording.ts';
import { readTrace, type TraceFiles } from './read.ts';

export interface RedactedTrace extends TraceFiles {
  /** What was replaced, by the kind's name. */
  readonly replaced: ReadonlyMap<string, Tally>;
}

/**
 * Takes the identities out of a whole trace. It is gone through twice: what one line shows to be an identity is
 * replaced in all of them. Pseudonyms that an earlier redaction left stay as they are, so a second one changes nothing.
 * Digests, sizes and counts are those of what comes out.
 *
 * @param version of the tool that redacts; the header says so
 * @throws TraceError where the trace cannot be trusted; NoRecording
 */
export function redactTrace(
  files: TraceFiles,
  options: RedactorOptions & { readonly names: readonly string[]; readonly version: string },
): RedactedTrace {
  const { header } = readTrace(files.headerText, files.eventsText);
  const redactor = createRedactor(options.names, { ...options, keep: options.keep ?? new Set() });
  redactor.learn(() => {
    rewrite(files, header, redactor);
  });
  const { clean, eventsText, recordings } = rewrite(files, header, redactor);
  const { events, ...rest } = clean;
  const beside = (header.recordings ?? []).flatMap(({ file }) => recordingOf(file, recordings.get(file)));
  const complete: TraceHeader = {
    ...rest,
    ...(header.recordings === undefined ? {} : { recordings: beside }),
    redacted: { version: options.version },
    events: events === null ? null : eventsOf(eventsText),
  };
  return {
    headerText: `${JSON.stringify(complete, null, 2)}\n`,
    eventsText,
    recordings,
    replaced: redactor.tallies(),
  };
}

function rewrite(
  { eventsText, recordings }: TraceFiles,
  header: TraceHeader,
  redactor: Redactor,
): Pick<TraceFiles, 'eventsText' | 'recordings'> & { readonly clean: TraceHeader } {
  const clean = redactHeader(header, redactor);
  const observations = new ObservationRedactor(redactor);
  // Of a run that was cut off, what follows the last whole line is no event.
  const lines = eventsText.split('\n').slice(0, -1);
  const events = lines.map(
    // Read from the text, not through the schema: the order of the properties stays.
    (line) => `${JSON.stringify(observations.redact(JSON.parse(line) as TraceEvent))}\n`,
  );
  const casts = [...recordings].map(([file, cast]) => [file, redactRecording(cast, redactor)] as const);
  return { clean, eventsText: events.join(''), recordings: new Map(casts) };
}

function eventsOf(eventsText: string): NonNullable<TraceHeader['events']> {
  const count = eventsText.split('\n').length - 1;
  return { count, bytes: bytesOf(eventsText), sha256: digest(eventsText) };
}

function recordingOf(file: string, cast: string | undefined): readonly Recording[] {
  return cast === undefined ? [] : [{ file, bytes: bytesOf(cast), sha256: digest(cast) }];
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
