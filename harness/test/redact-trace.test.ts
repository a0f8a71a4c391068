import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SIGNATURES } from '../diagnosis/signatures.ts';
import { MATCHED_LINES } from '../diagnosis/signatures/examples.ts';
import { matchLine } from '../diagnosis/signature-match.ts';
import { header, Script } from '../judge/fixtures/traces.ts';
import { judge } from '../judge/judge.ts';
import type { Result } from '../judge/result.ts';
import { digest } from '../trace/digest.ts';
import type { TraceEvent } from '../trace/event.ts';
import type { TraceHeader } from '../trace/header.ts';
import { readTrace, type TraceFiles } from '../trace/read.ts';
import { NAMES, NO_IDENTITIES, PLANTED } from '../trace/redact/fixtures/planted.ts';
import { redactTrace, type RedactedTrace } from '../trace/redact-trace.ts';
import { createRedactor } from '../trace/redact.ts';
import { findTraces } from '../trace/store.ts';

const TRACES = join(import.meta.dirname, '../../scenarios/traces');
const recorded = await Promise.all(
  (await findTraces(TRACES)).map(async (directory) => ({
    directory,
    files: {
      headerText: await readFile(join(directory, 'trace.json'), 'utf8'),
      eventsText: await readFile(join(directory, 'events.jsonl'), 'utf8'),
      recordings: new Map<string, string>(),
    },
  })),
);
/** As the command line has it: the words that signatures look for stay where nothing tells what they are. */
const KEEP = new Set(
  SIGNATURES.flatMap(({ literals }) =>
    literals.flatMap((literal) => literal.toLowerCase().split(/[^a-z0-9_-]+/)),
  ),
);
const redacted = (files: TraceFiles, names: readonly string[] = NAMES): RedactedTrace =>
  redactTrace(files, { names, keep: KEEP, version: '0.0.0' });
const judged = ({ headerText, eventsText }: TraceFiles): Result => judge(readTrace(headerText, eventsText));

test.each(recorded.map(({ directory, files }) => [directory.slice(TRACES.length + 1), files] as const))(
  'the judge says the same of %s once it is redacted, byte for byte but for its digest',
  (_, files) => {
    const once = redacted(files);
    expect(JSON.stringify({ ...judged(once), trace: null })).toBe(
      JSON.stringify({ ...judged(files), trace: null }),
    );
    expect(redacted(once)).toMatchObject({ headerText: once.headerText, eventsText: once.eventsText });
  },
);

/** What of a verdict no pseudonym can change. */
function decided({ verdict, boots, checks, findings, evidenceClass }: Result): unknown {
  return {
    verdict,
    checks,
    evidenceClass,
    boots,
    findings: findings.map(({ id, severity, boot, evidence }) => [
      id,
      severity,
      boot,
      evidence.map(({ n }) => n),
    ]),
  };
}

/** Header and events as the files of a whole trace. */
function filesOf(head: TraceHeader, events: readonly TraceEvent[]): TraceFiles {
  const eventsText = events.map((event, at) => `${JSON.stringify({ ...event, n: at + 1 })}\n`).join('');
  const stated = { count: events.length, bytes: Buffer.byteLength(eventsText), sha256: digest(eventsText) };
  return {
    headerText: JSON.stringify({ ...head, events: head.events === null ? null : stated }),
    eventsText,
    recordings: new Map(),
  };
}

test('identities anywhere in a trace change nothing in its verdict, and none comes through', () => {
  const words = fc.array(
    fc.record({ planted: fc.constantFrom(...PLANTED), event: fc.nat(), field: fc.nat(), at: fc.nat() }),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(fc.constantFrom(...recorded), words, ({ files }, plants) => {
      const { header: head, events } = readTrace(files.headerText, files.eventsText);
      const dirty = plants.reduce<readonly TraceEvent[]>(
        (all, { planted, event, field, at }) =>
          all.map((one, index) =>
            index === event % all.length ? withText(one, planted.line, field, at) : one,
          ),
        events,
      );
      const before = filesOf(head, dirty);
      const after = redacted(before);
      expect(decided(judged(after))).toEqual(decided(judged(before)));
    }),
    { numRuns: 120 },
  );
});

/** The event with a line somewhere in one of its longer texts; as it was where it has none. */
function withText(event: TraceEvent, line: string, field: number, at: number): TraceEvent {
  const texts = Object.entries(event).filter(
    ([key, value]) =>
      ['line', 'out', 'err', 'why', 'text', 'error'].includes(key) && typeof value === 'string',
  );
  const [key, text] = texts[field % Math.max(1, texts.length)] ?? [];
  if (key === undefined || typeof text !== 'string') return event;
  const place = at % (text.length + 1);
  return {
    ...event,
    [key]: `${text.slice(0, place)} ${line.replaceAll('\n', ' ')} ${text.slice(place)}`,
  };
}

/** Where a text stands in another, whatever the case; null where it does not. */
function around(whole: string, form: string): string | null {
  const at = whole.indexOf(form.toLowerCase());
  return at < 0 ? null : whole.slice(Math.max(0, at - 80), at + form.length + 40);
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
/** Every kind of identity in every channel and in every corner of the header. */
function planted(): TraceFiles {
  const script = new Script().boot();
  const lines = PLANTED.map(({ line }) => line);
  for (const line of lines) {
    // A serial console gives one line at a time, and so does a key that somebody prints there.
    for (const part of line.split('\n'))
      script
        .add({ ch: 'serial', line: part })
        .add({ ch: 'firmware', line: part })
        .add({ ch: 'kernel', line: part });
    script
      .add({ ch: 'exec', kind: 'stderr', program: 'qm', line })
      .add({ ch: 'exec', kind: 'spawn', program: 'ssh', pid: 7, argv: ['ssh', line, '-e', base64(line)] })
      .add({ ch: 'qmp', kind: 'reply', command: 'query-block', data: { [line]: [{ file: line }] } })
      .add({ ch: 'qmp', kind: 'event', event: 'DEVICE_DELETED', data: { path: encodeURIComponent(line) } })
      .add({
        ch: 'agent',
        kind: 'reply',
        command: 'guest-exec-status',
        data: { 'out-data': base64(line), 'err-data': base64(`x\n${line}\n`) },
      })
      .add({ ch: 'agent', kind: 'refused', command: 'guest-exec', error: line })
      .add({ ch: 'statement', text: line })
      .add({ ch: 'note', kind: 'info', text: line });
  }
  script.healthy(3).end();
  script.add({ ch: 'note', kind: 'recovery', rung: 'kill', worked: true, seconds: 1, why: lines.join('\n') });
  script.add({ ch: 'note', kind: 'not-honoured', what: lines });
  const all = lines.join('\n');
  const head = header({
    id: '20260102T030405Z-on-tower-of-lena-abcdef',
    cell: {
      id: 'test/n100:host=tower-of-lena',
      name: `a cell of lena, ${all}`,
      axes: { host: 'tower-of-lena' },
    },
    host: { name: 'tower-of-lena', facts: { kernel: all, board: base64(all) } },
    guest: {
      name: `Windows of lena ${all}`,
      config: `name: x\n${all}\nscsi0: tank-of-lena:vm-9000-disk-0,size=64G\n`,
    },
  });
  const cast = [
    JSON.stringify({ version: 2, width: 80, height: 24, title: all }),
    ...lines.flatMap((line, at) => Array.from(`${line}\r\n`, (key) => JSON.stringify([at, 'o', key]))),
    JSON.stringify([999, 'm', all]),
  ].join('\n');
  const recording = { file: 'console.cast', bytes: Buffer.byteLength(cast), sha256: digest(cast) };
  const files = filesOf({ ...head, recordings: [recording] }, script.ended().events);
  return { ...files, recordings: new Map([['console.cast', cast]]) };
}

test('nothing planted comes through in any form, and the digests are those of what comes out', () => {
  const files = planted();
  const clean = redacted(files);
  const trace = readTrace(clean.headerText, clean.eventsText);
  expect(trace.header.redacted).toEqual({ version: '0.0.0' });
  const cast = clean.recordings.get('console.cast') ?? '';
  expect(trace.header.recordings).toEqual([
    { file: 'console.cast', bytes: Buffer.byteLength(cast), sha256: digest(cast) },
  ]);
  const bytes = [clean.headerText, clean.eventsText, cast];
  const shown = cast
    .split('\n')
    .slice(1)
    .flatMap((line) => (line === '' ? [] : [String((JSON.parse(line) as unknown[])[2])]))
    .join('');
  // JSON writes a backslash twice.
  const whole = [...bytes, ...bytes.map((text) => text.replaceAll('\\\\', '\\')), shown]
    .join('\n')
    .toLowerCase();
  for (const { secret, kind } of PLANTED) {
    const forms = [secret, encodeURIComponent(secret), base64(secret), JSON.stringify(secret).slice(1, -1)];
    for (const form of forms) expect(around(whole, form), `${kind}: ${form}`).toBeNull();
  }
  for (const { line } of PLANTED) {
    const inside = base64(line);
    expect(
      bytes.some((text) => text.includes(inside)),
      inside,
    ).toBe(false);
  }
});

test('equal values stay equal from one channel to the next, and the verdict stays', () => {
  const files = planted();
  const clean = redacted(files);
  const { events } = readTrace(clean.headerText, clean.eventsText);
  const said = (ch: string): readonly string[] =>
    events.flatMap((event) => (event.ch === ch && 'line' in event ? [event.line] : []));
  expect(said('firmware')).toEqual(said('serial'));
  expect(said('kernel')).toEqual(said('serial'));
  const answers = events.flatMap((event) =>
    event.ch === 'agent' && event.kind === 'reply' && event.command === 'guest-exec-status'
      ? [Buffer.from((event.data as { 'out-data': string })['out-data'], 'base64').toString()]
      : [],
  );
  const notes = events.flatMap((event) => (event.ch === 'note' && event.kind === 'info' ? [event.text] : []));
  expect(answers).toEqual(notes);
  expect(decided(judged(clean))).toEqual(decided(judged(files)));
});

test('what was replaced is told by kind and count', () => {
  const { replaced } = redacted(planted());
  for (const kind of new Set(PLANTED.map((one) => one.kind)))
    expect(replaced.get(kind), kind).toMatchObject({
      values: expect.any(Number) as number,
      places: expect.any(Number) as number,
    });
});

test('no known line of a log reads otherwise once it is redacted', () => {
  for (const line of [...MATCHED_LINES, ...NO_IDENTITIES]) {
    const clean = createRedactor(NAMES).text(line);
    for (const signature of SIGNATURES)
      expect(Object.keys(matchLine(signature, clean) ?? { none: '' }), line).toEqual(
        Object.keys(matchLine(signature, line) ?? { none: '' }),
      );
  }
});
