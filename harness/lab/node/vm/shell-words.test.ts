import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { needs } from '../../../test/tier.ts';
import { shellWords } from './shell-words.ts';

test.each([
  ['', []],
  [' a  b ', ['a', 'b']],
  [`-append 'console=ttyS0 panic=1'`, ['-append', 'console=ttyS0 panic=1']],
  [`a"b c"'d e'f`, ['ab cd ef']],
  ['$HOME `id` #x', ['$HOME', '`id`', '#x']],
  [`-append 'x`, []],
  [`good words "and one that does not end`, []],
])('%j is split as Perl splits it', (line, words) => {
  expect(shellWords(line)).toEqual(words);
});

const ASK = `use Text::ParseWords; use JSON::PP; binmode(STDIN); binmode(STDOUT);
local $/; my $lines = decode_json(<STDIN>); print encode_json([map { [shellwords($_)] } @$lines]);`;
const hasJson = spawnSync('perl', ['-MJSON::PP', '-MText::ParseWords', '-e', '1']).status === 0;

(hasJson ? needs('perl') : test.skip)('any line is split as Text::ParseWords splits it', () => {
  const letter = fc.constantFrom('a', 'b', ',', '=', '$', ' ', '\t', '\n', '"', "'", '\\');
  const lines = fc.sample(fc.string({ unit: letter, maxLength: 14 }), { numRuns: 3000, seed: 43 });
  const { stdout, stderr } = spawnSync('perl', ['-e', ASK], { input: JSON.stringify(lines) });
  expect(stderr.toString()).toBe('');
  const answers = JSON.parse(stdout.toString()) as unknown[];
  expect(answers).toHaveLength(lines.length);
  expect(
    lines
      .map((line, i) => ({ line, words: shellWords(line), perl: answers[i] }))
      .filter(({ words, perl }) => JSON.stringify(words) !== JSON.stringify(perl)),
  ).toEqual([]);
});
