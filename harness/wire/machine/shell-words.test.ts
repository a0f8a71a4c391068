import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { shellWords } from './shell-words.ts';

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(...Array.from(`'"\\$\`!*?[]{}()<>|&;#~=-\n\t %@:,/a`)), maxLength: 12 }),
);
const words = fc.array(
  word.filter((text) => !/[\0\u0001]|\p{Cs}/u.test(text)),
  { minLength: 1, maxLength: 6 },
);

/** With sockets for streams bash takes itself for a remote login's and reads ~/.bashrc; that is not under test. */
const SHELLS = { sh: ['sh'], bash: ['bash', '--norc'] } as const;
const shells = ['sh', 'bash'] as const;

/** What a shell prints that is given this text. */
function asked(shell: keyof typeof SHELLS, text: string, env: NodeJS.ProcessEnv = process.env): string {
  const [program, ...options] = SHELLS[shell];
  return execFileSync(program, [...options, '-c', text], { env }).toString();
}

/** What a program sees of its command line, as a shell reads it; as many word lists as fit are asked at once. */
function seenBy(shell: keyof typeof SHELLS, lines: readonly string[]): readonly (readonly string[])[] {
  const script = lines.map((line) => `show ${line}`).join('\n');
  return asked(shell, `show() { printf '%s\\0' "$@"; printf '\\001\\0'; }\n${script}`)
    .split('\u0001\0')
    .slice(0, -1)
    .map((part) => part.split('\0').slice(0, -1));
}

test.each(shells)('%s reads the same words, whatever they hold', (shell) => {
  fc.assert(
    fc.property(fc.array(words, { minLength: 20, maxLength: 60 }), (lists) => {
      expect(seenBy(shell, lists.map(shellWords))).toEqual(lists);
    }),
    { numRuns: 40 },
  );
});

test('words stay the same through a shell within a shell', () => {
  fc.assert(
    fc.property(words, fc.constantFrom(...shells), fc.constantFrom(...shells), (given, outer, inner) => {
      const show = [...SHELLS[inner], '-c', `printf '%s\\0' ${shellWords(given)}`];
      expect(asked(outer, shellWords(show)).split('\0').slice(0, -1)).toEqual(given);
    }),
    { numRuns: 40 },
  );
});

test.each(shells)('of %s the first word is a program, whatever it is called', (shell) => {
  const folder = mkdtempSync(join(tmpdir(), 'code43-words-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const program = join(folder, 'a program');
  copyFileSync('/bin/echo', program);
  chmodSync(program, 0o755);
  for (const name of ['A=b', 'if', 'time', '{', '!', '[[', 'then', '~x', '#x', 'a b', '$x', '=x']) {
    symlinkSync(program, join(folder, name));
    const env = { PATH: `${folder}:/usr/bin:/bin` };
    expect(asked(shell, shellWords([name, 'ran']), env)).toBe('ran\n');
  }
});

test('plain words stay as they are', () => {
  expect(shellWords(['cat', '--', 'a=b', '/proc/cmdline', "it's", ''])).toBe(
    `cat -- a=b /proc/cmdline 'it'\\''s' ''`,
  );
});

test('a NUL is refused', () => {
  expect(() => shellWords(['a\0b'])).toThrow(RangeError);
});
