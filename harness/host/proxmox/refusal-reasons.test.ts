import { expect, test } from 'vitest';
import { NOISE } from './qm/meaningful-lines.ts';
import { refusalReason, REFUSALS } from './refusal-reasons.ts';
import { isHttp, transcript, TRANSCRIPTS } from './manager/transcripts.fixture.ts';

/** What a transcript says of why something failed: stderr, an error's body or reason, or how a task ended. */
function wordsIn(name: string): string {
  const found = transcript(name);
  if (!isHttp(found)) return found.stderr === '' ? exitstatusIn(found.stdout) : found.stderr;
  const answer = (found.body === '' ? {} : JSON.parse(found.body)) as {
    message?: string;
    errors?: Record<string, string>;
    data?: { exitstatus?: string } | null;
  };
  if (typeof answer.data?.exitstatus === 'string') return answer.data.exitstatus;
  const errors = Object.entries(answer.errors ?? {}).map(([key, value]) => `${key}: ${value}`);
  return [answer.message ?? found.reason, ...errors].join('\n');
}

/** Of the answer that `pvesh` gives to a task's status. */
function exitstatusIn(stdout: string): string {
  return /"exitstatus":"([^"]*)"/.exec(stdout)?.[1] ?? '';
}

const rows = REFUSALS.flatMap(({ reason, seen }) => seen.map((name) => [name, reason] as const));

test.each(rows)('%s is known as %s', (name, reason) => {
  expect(refusalReason(wordsIn(name))).toBe(reason);
});

/** Transcripts of failures that nobody has to tell apart: their words are shown as they are. */
const IN_THEIR_OWN_WORDS = ['e06', 'http-start-broken', 'm73', 'm99', 'n11'];

test('every other failure of the transcripts is one that is only shown', () => {
  const listed = new Set(rows.map(([name]) => name));
  const unknown = TRANSCRIPTS.filter((name) => {
    const found = transcript(name);
    const failed = isHttp(found) ? found.status !== 200 : found.code !== 0;
    return failed && !listed.has(name) && refusalReason(wordsIn(name)) === null;
  });
  expect(unknown.toSorted()).toEqual(IN_THEIR_OWN_WORDS);
});

test('every row comes from a transcript, or names where it was read', () => {
  expect(REFUSALS.filter(({ seen, source }) => seen.length === 0 && source === undefined)).toEqual([]);
});

test('a node whose cluster file system has not started yet is known', () => {
  const words =
    'ipcc_send_rec[1] failed: Connection refused\nUnable to load access control list: Connection refused';
  expect(refusalReason(words)).toBe('not-ready');
});

test('words of success are no refusal', () => {
  for (const name of TRANSCRIPTS) {
    const found = transcript(name);
    if (!isHttp(found) && found.code === 0 && !['g04', 'h03'].includes(name))
      expect([name, refusalReason(found.stderr)]).toEqual([name, null]);
  }
});

test.each(NOISE.map(({ line, seen }) => [seen, line] as const))(
  '%s has a line that means nothing: %s',
  (seen, line) => {
    const found = transcript(seen);
    const said = isHttp(found) ? '' : `${found.stdout}\n${found.stderr}`;
    expect(said.split('\n').some((one) => line.test(one))).toBe(true);
  },
);
