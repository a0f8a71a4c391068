import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { header } from '../judge/fixtures/traces.ts';
import { CHANNEL_CAPS, LINE_CAP } from './caps.ts';
import type { TraceEvent } from './event.ts';
import { Recorder, RecorderError } from './recorder.ts';
import { loadTrace } from './store.ts';
import { readTrace, TraceError } from './read.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'code43-recorder-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function open(onEvent: (event: TraceEvent) => void = () => undefined, names = ['lab-tower']): Recorder {
  let t = 0;
  return new Recorder(join(directory, 'run'), header(), {
    clock: () => (t += 0.5),
    names,
    onEvent,
    onFailure: () => undefined,
  });
}

test('what is recorded is read back, numbered and timed, with its digest', async () => {
  const recorder = open();
  recorder.record({ ch: 'note', kind: 'boot.begin', boot: 0, asked: 'start' });
  recorder.record({ ch: 'serial', line: 'hello' });
  recorder.close();
  const trace = await loadTrace(recorder.directory);
  expect(trace.events.map(({ n, t }) => [n, t])).toEqual([
    [1, 0.5],
    [2, 1],
  ]);
  expect(trace.digest).toMatch(/^[0-9a-f]{64}$/);
});

test('a run that was killed keeps every whole line', async () => {
  const recorder = open();
  recorder.record({ ch: 'serial', line: 'first' });
  const file = join(recorder.directory, 'events.jsonl');
  writeFileSync(file, `${readFileSync(file, 'utf8')}{"n":2,"t":`);
  const trace = await loadTrace(recorder.directory);
  expect(trace.header.events).toBeNull();
  expect(trace.events).toHaveLength(1);
  recorder.close();
});

test('names, MACs, UUIDs and private addresses do not enter a trace', () => {
  const recorder = open();
  const line = 'lab-tower eth0 3c:ec:ef:01:02:03 192.168.1.20 6f9619ff-8b86-d011-b42d-00cf4fc964ff';
  recorder.record({ ch: 'serial', line });
  recorder.close();
  const text = readFileSync(join(recorder.directory, 'events.jsonl'), 'utf8');
  for (const secret of line.split(' ').filter((word) => word !== 'eth0')) expect(text).not.toContain(secret);
  expect(text).toContain('eth0');
});

test('a host that is called like one of our own words takes nothing from a trace but that word', async () => {
  const recorder = open(undefined, ['agent', 'qemu-system-x86_64']);
  recorder.record({ ch: 'agent', kind: 'up' });
  recorder.record({ ch: 'exec', kind: 'stderr', program: 'qemu-system-x86_64', line: 'on agent' });
  recorder.close();
  const { events } = await loadTrace(recorder.directory);
  expect(events).toMatchObject([{ ch: 'agent' }, { program: 'qemu-system-x86_64', line: 'on z0001' }]);
});

test('a channel over its cap is cut, and the trace says how much', async () => {
  const recorder = open();
  for (let i = 0; i < CHANNEL_CAPS.statement + 15; i += 1)
    recorder.record({ ch: 'statement', text: 'again' });
  recorder.close();
  const { events } = await loadTrace(recorder.directory);
  const drops = events.filter((event) => event.ch === 'note' && event.kind === 'dropped');
  expect(events.filter((event) => event.ch === 'statement')).toHaveLength(CHANNEL_CAPS.statement);
  expect(drops.at(-1)).toMatchObject({ of: 'statement', count: 15 });
});

test('a line of a megabyte is bounded', async () => {
  const recorder = open();
  recorder.record({ ch: 'serial', line: 'x'.repeat(1_000_000) });
  recorder.close();
  const [event] = (await loadTrace(recorder.directory)).events;
  expect(event?.ch === 'serial' && event.line.length).toBe(LINE_CAP + 1);
});

test('a second trace in one directory is refused', () => {
  open().close();
  expect(() => open()).toThrow(RecorderError);
});

test.each([
  ['an event changed afterwards', (text: string) => text.replace('hello', 'hullo')],
  ['an event taken out', (text: string) => text.split('\n').slice(1).join('\n')],
  ['the last line cut off', (text: string) => text.slice(0, -2)],
])('a trace with %s is refused', (_, change) => {
  const recorder = open();
  recorder.record({ ch: 'serial', line: 'hello' });
  recorder.record({ ch: 'serial', line: 'bye' });
  recorder.close();
  const [head, events] = ['trace.json', 'events.jsonl'].map((name) =>
    readFileSync(join(recorder.directory, name), 'utf8'),
  );
  expect(() => readTrace(head ?? '', change(events ?? ''))).toThrow(TraceError);
});

test.each([
  ['not JSON', 'nope'],
  ['another schema', '{"schema":2}'],
  ['a list', '[]'],
])('a header that is %s is refused with its place', (_, text) => {
  expect(() => readTrace(text, '')).toThrow(/^trace\.json:1: /);
});
