import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TRANSCRIPTS } from './fixtures/transcript.ts';
import { PATHS } from './node/pvesh.ts';
import { VERBS } from './node/qm.ts';
import { NOT_OBSERVED, REFUSALS } from './node/refusals.ts';

const titles = new Set(Object.values(TRANSCRIPTS).map(({ title }) => title));

const sources = [
  ...Object.entries(REFUSALS).map(([name, { from }]) => ({ name, from: [from] })),
  ...Object.entries(VERBS).map(([name, { from }]) => ({ name: `qm ${name}`, from })),
  ...PATHS.map(({ pattern, from }) => ({ name: `pvesh get ${pattern}`, from })),
];

test.each(sources)(
  'where the answers of $name come from is a transcript, or said to be unknown',
  ({ from }) => {
    expect(from).not.toEqual([]);
    expect(from.filter((title) => title !== NOT_OBSERVED && !titles.has(title))).toEqual([]);
  },
);

test('a refusal has the words and the exit code of its transcript', () => {
  const observed = Object.values(TRANSCRIPTS);
  for (const [name, { from, exit }] of Object.entries(REFUSALS)) {
    if (from === NOT_OBSERVED) continue;
    const shown = observed.filter(({ title }) => title === from);
    expect(
      shown.map((each) => each.exit),
      name,
    ).toContain(exit);
  }
});

test('the transcripts name nobody', () => {
  const folder = join(import.meta.dirname, 'fixtures');
  const text = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  // MAC addresses and the fingerprints of certificates.
  const named = text.match(/\b[0-9A-F]{2}(?::[0-9A-F]{2}){5,}\b/gi) ?? [];
  expect(named.filter((each) => each !== 'BC:24:11:00:00:01' && /[1-9A-F]/i.test(each))).toEqual([]);
});
