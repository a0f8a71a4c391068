import { PassThrough } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { PlanEvent } from '../run/plan-event.ts';
import { progress } from './progress.ts';
import { activity, advance, span, WAITING } from './progress/state.ts';
import { clip, width } from './terminal/width.ts';

const cell = 'local/rom-q35:rom=none';
const clock = { time: 1_000_000 };
const now = (): number => clock.time;

const PLAN: readonly PlanEvent[] = [
  { cell, kind: 'begin', boots: 2 },
  { cell, kind: 'boot', boot: 1, asked: 'reset' },
  { cell, kind: 'wait', what: 'guest agent', until: 1_060_000 },
  { cell, kind: 'sample', state: 'code 43', count: 1 },
  { cell, kind: 'sample', state: 'code 43', count: 2 },
  { cell, kind: 'end', verdict: 'fail', asExpected: true, seconds: 61.5 },
];

/** A stream that keeps what is written; with `columns` it says it is a terminal of that size. */
function sink(columns?: number): { stream: WriteStream; text: () => string } {
  const chunks: string[] = [];
  const pipe = new PassThrough();
  pipe.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  const facts = columns === undefined ? {} : { isTTY: true, columns, rows: 24 };
  // A terminal in what matters here; the rest of its methods is never called.
  const stream = Object.assign(pipe, facts) as unknown as WriteStream;
  return { stream, text: () => chunks.join('') };
}

async function play(events: readonly PlanEvent[], stream: WriteStream, verbose = false): Promise<void> {
  const shown = progress([{ id: cell, name: 'Option ROM, q35' }], { stream, verbose, now });
  for (const event of events) shown.on(event);
  await shown.stop();
}

test('a pipe gets one plain line a change', async () => {
  const { stream, text } = sink();
  await play(PLAN, stream);
  expect(text()).toBe(
    `[   0.0s] ${cell}: begins, 2 boots
[   0.0s] ${cell}: boot 2/2 reset
[   0.0s] ${cell}: waits for guest agent, at most 1m00s
[   0.0s] ${cell}: code 43 ×1
[   0.0s] ${cell}: fail, as expected, 1m01s
`,
  );
});

test('a sample that says the same is told where there was no line for half a minute', async () => {
  const { stream, text } = sink();
  const shown = progress([{ id: cell, name: 'Option ROM, q35' }], { stream, verbose: false, now });
  const began = clock.time;
  for (const [count, seconds] of [1, 10, 29, 31, 50, 61].entries()) {
    clock.time = began + seconds * 1000;
    shown.on({ cell, kind: 'sample', state: 'code 43', count: count + 1 });
  }
  clock.time = began;
  await shown.stop();
  const told = [1, 31, 61].map(
    (at, i) => `[${at.toFixed(1).padStart(6)}s] ${cell}: code 43 ×${[1, 4, 6][i] ?? ''}\n`,
  );
  expect(text()).toBe(told.join(''));
});

test('a verbose log tells every sample and every wait', async () => {
  const { stream, text } = sink(80);
  await play(PLAN, stream, true);
  expect(text()).toContain(`${cell}: code 43 ×2\n`);
  expect(text()).not.toContain('\u001b');
});

test('a terminal is left with one line that holds the verdict, and its cursor shown', async () => {
  const { stream, text } = sink(80);
  await play(PLAN, stream);
  expect(stripVTControlCharacters(text())).toMatch(/local\/rom-q35:rom=none {2}fail, as expected, 1m01s\n$/);
  expect(text().endsWith('\u001b[?25h')).toBe(true);
});

test.each([20, 40, 80])('no line is wider than a terminal of %i columns', async (columns) => {
  const { stream, text } = sink(columns);
  await play(PLAN.slice(0, -1), stream);
  const lines = stripVTControlCharacters(text()).split('\n');
  expect(lines.filter((line) => width(line) > columns)).toEqual([]);
});

test('a cell that was stopped half-way says so', async () => {
  const { stream, text } = sink(80);
  await play(PLAN.slice(0, 2), stream);
  expect(stripVTControlCharacters(text())).toContain('local/rom-q35:rom=none  stopped');
});

test('a guest cannot steer the terminal through the progress', async () => {
  const { stream, text } = sink();
  await play([{ cell: 'a\u001b[2J', kind: 'sample', state: '\u009b31m\u202e', count: 1 }], stream);
  expect(text()).toBe('[   0.0s] a\\x1b[2J: \\x9b31m\\u202e ×1\n');
});

test('a running cell says which boot, since when, what it waits for and until when', () => {
  const state = PLAN.slice(0, 4).reduce((before, event) => advance(before, event, 1_000_000), WAITING);
  expect(activity(state, 1_034_000)).toBe(
    'boot 2/2 reset · 34s · waiting for guest agent, 26s left · code 43 ×1',
  );
  expect(activity(state, 1_061_000)).toContain('guest agent, deadline passed');
});

test('lengths of time are short to read', () => {
  expect([0, 59_999, 125_000, 3_720_000].map(span)).toEqual(['0s', '59s', '2m05s', '1h02m']);
});

test('clipping a coloured line keeps its colour codes', () => {
  expect(clip('\u001b[31mabcdef\u001b[39m', 3)).toBe('\u001b[31mabc\u001b[39m');
});
