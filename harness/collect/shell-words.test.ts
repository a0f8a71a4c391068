import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellWords } from './shell-words.ts';

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(...Array.from(`'"\\$\`!*?[]{}()<>|&;#~=-\n\t %@:,/a`)), maxLength: 12 }),
);
const words = fc.array(
  word.filter((text) => !text.includes('\0') && !/\p{Cs}/u.test(text)),
  { minLength: 1, maxLength: 6 },
);

/** What a program sees of its command line, as `sh` reads it; as many word lists as fit are asked at once. */
function seenBy(lines: readonly string[]): readonly (readonly string[])[] {
  const script = lines.map((line) => `show ${line}`).join('\n');
  const out = execFileSync('sh', ['-c', `show() { printf '%s\\0' "$@"; printf '\\001\\0'; }\n${script}`]);
  return out
    .toString()
    .split('\u0001\0')
    .slice(0, -1)
    .map((part) => part.split('\0').slice(0, -1));
}

test('a shell reads the same words, whatever they hold', () => {
  fc.assert(
    fc.property(fc.array(words, { minLength: 20, maxLength: 60 }), (lists) => {
      const given = lists.filter((list) => !list.some((text) => text.includes('\u0001')));
      expect(seenBy(given.map(shellWords))).toEqual(given);
    }),
    { numRuns: 60 },
  );
});

test('plain words stay as they are', () => {
  expect(shellWords(['cat', '--', '/proc/cmdline', "it's", ''])).toBe(`cat -- /proc/cmdline 'it'\\''s' ''`);
});

test('a NUL is refused', () => {
  expect(() => shellWords(['a\0b'])).toThrow(RangeError);
});
