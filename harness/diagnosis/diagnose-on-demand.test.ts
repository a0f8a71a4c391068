import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnose } from './diagnose.ts';
import { diagnoseOnDemand } from './diagnose-on-demand.ts';
import { type Given, readGiven } from './fixtures/diagnosed.ts';
import { dmesg, HARD_CASES } from './fixtures/hard-cases.ts';
import { EXAMPLES } from './signatures/examples.ts';

async function sameBothWays(given: Given): Promise<void> {
  const inputs = Object.entries(given).map(([name, content]) => readGiven(name, content));
  expect(await diagnoseOnDemand(inputs)).toEqual(diagnose(inputs));
}

const LINES = Object.values(EXAMPLES).flatMap(({ matches }) => matches);
/** A file of one of the cases, or a log of any lines. */
const file = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HARD_CASES.flatMap(({ given }) => Object.entries(given))) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.constantFrom(...LINES), { minLength: 1, maxLength: 12 })
      .map((lines): [string, string] => ['dmesg.txt', dmesg(lines)]),
  },
);

describe('loading on demand changes no answer', () => {
  test.each(HARD_CASES)('of "$name"', ({ given }) => sameBothWays(given));

  test.each(HARD_CASES)('of each file of "$name" by itself', async ({ given }) => {
    for (const [name, content] of Object.entries(given)) await sameBothWays({ [name]: content });
  });

  test('of files of several cases', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 4 }), (files) =>
        sameBothWays(Object.fromEntries(files.map(([name, content], at) => [`${at}/${name}`, content]))),
      ),
      { numRuns: 150 },
    );
  });

  test('of single lines of all cases', async () => {
    const texts = HARD_CASES.flatMap(({ given }) => Object.values(given)).filter(
      (text) => typeof text === 'string',
    );
    const line = fc.constantFrom(...new Set(texts.flatMap((text) => text.split('\n'))), ...LINES);
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) =>
        sameBothWays({ 'post.txt': lines.join('\n') }),
      ),
      { numRuns: 150 },
    );
  });
});
