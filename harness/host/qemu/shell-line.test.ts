import fc from 'fast-check';
import { expect, test } from 'vitest';
import { run } from '../../wire/shell.ts';
import { shellLine } from './shell-line.ts';

test('a shell reads the line back as the same words', async () => {
  const word = fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replaceAll('\0', ''));
  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 6 }), async (words) => {
      const { stdout } = await run([
        'sh',
        '-c',
        `for word in ${shellLine(words)}; do printf '%s\\0' "$word"; done`,
      ]);
      expect(stdout.split('\0')).toEqual([...words, '']);
    }),
    { numRuns: 40 },
  );
});
