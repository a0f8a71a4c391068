import { expect, test } from 'vitest';
import { diagnosed } from './fixtures/diagnosed.ts';
import { HARD_CASES } from './fixtures/hard-cases.ts';
import type { Diagnosis } from './diagnosis.ts';
import { spelled } from './spelled.ts';

const FIRST = '\x7f00';
const SECOND = '\x7f01';
const LATER = '\x7f[[';
const PARTS = [
  { from: 0, to: 2, load: () => Promise.resolve(['It stops.', 'Start it']) },
  { from: 1935, to: 1936, load: () => Promise.resolve(['the last one']) },
];
const QUOTE = { input: 'dmesg.txt', line: 1, text: `as it was given ${FIRST}` };

/** An answer that says this everywhere. */
function saying(text: string): Diagnosis {
  return {
    verdict: 'fail',
    collect: [text],
    findings: [
      {
        id: 'rom.missing',
        severity: 'cause',
        confidence: 'likely',
        title: text,
        detail: text,
        evidence: [QUOTE],
        fix: {
          why: text,
          source: text,
          diff: text,
          paste: [{ where: text, text }],
          steps: [{ where: 'host', text }],
        },
      },
    ],
    inputs: [],
    notUnderstood: [QUOTE],
  };
}

test('puts every sentence in place of its mark, and leaves what is quoted', async () => {
  const answer = await spelled(saying(`${SECOND} 5 times: ${LATER}`), PARTS);
  expect(answer).toEqual(saying('Start it 5 times: the last one'));
});

test('leaves a mark that stands for no sentence', async () => {
  expect(await spelled(saying('\x7f0Z'), PARTS)).toEqual(saying('\x7f0Z'));
});

test('loads the sentences that are said, and no others', async () => {
  const loaded: number[] = [];
  const noting = PARTS.map((part) => ({
    ...part,
    load: () => {
      loaded.push(part.from);
      return part.load();
    },
  }));
  await spelled(saying('nothing'), noting);
  expect(loaded).toEqual([]);
  await spelled(saying(FIRST), noting);
  expect(loaded).toEqual([0]);
});

test.each(HARD_CASES)('without a bundle it changes nothing: $name', async ({ given }) => {
  const answer = diagnosed(given);
  expect(JSON.stringify(await spelled(answer))).toBe(JSON.stringify(answer));
});
