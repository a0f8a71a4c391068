import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lazy } from './commands.ts';
import { EXIT } from './exit-code.ts';
import { runProgram } from './program.ts';
import { UsageError } from './usage-error.ts';

let out = '';
let err = '';
let loaded: string[] = [];

/** Two commands, of which one fails in the way it is told to. */
const commands = [
  lazy({
    name: 'greet',
    summary: 'say hello',
    load: () => {
      loaded.push('greet');
      return Promise.resolve({
        greetCommand: () =>
          new Command('greet').argument('<who>').action((who: string) => {
            process.stdout.write(`hello ${who}\n`);
            process.exitCode = EXIT.nothingRan;
          }),
      });
    },
  }),
  lazy({
    name: 'fail',
    summary: 'fail in some way',
    load: () => {
      loaded.push('fail');
      return Promise.resolve({
        failCommand: () =>
          new Command('fail').argument('<way>').action((way: string) => {
            if (way === 'usage') throw new UsageError('no such scenario: x');
            throw new Error('the host is gone', { cause: new Error('ssh: connection refused') });
          }),
      });
    },
  }),
];

beforeEach(() => {
  out = err = '';
  loaded = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
});

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

test('a command runs with its arguments, and its exit code is the answer', async () => {
  expect(await runProgram(['greet', 'you'], commands)).toBe(EXIT.nothingRan);
  expect(out).toBe('hello you\n');
  expect(err).toBe('');
});

test('only the file of the called command is loaded', async () => {
  await runProgram(['greet', 'you'], commands);
  await runProgram(['--help'], commands);
  expect(loaded).toEqual(['greet']);
});

test('help lists every command with its summary, and every exit code', async () => {
  expect(await runProgram(['--help'], commands)).toBe(EXIT.asExpected);
  expect(out).toMatch(/greet .*say hello/);
  expect(out).toMatch(/fail .*fail in some way/);
  for (const code of Object.values(EXIT)) expect(out).toMatch(new RegExp(`^ +${code} {2}\\w`, 'm'));
});

test.each([
  ['greet', '--help'],
  ['help', 'greet'],
])('%s %s shows the arguments of that command', async (...words) => {
  expect(await runProgram(words, commands)).toBe(EXIT.asExpected);
  expect(out).toContain('greet [options] <who>');
});

test.each([[[]], [['gret', 'you']], [['greet']], [['greet', 'you', '--loudly']]])(
  '%j is a usage error: exit code 2, nothing on stdout',
  async (words) => {
    expect(await runProgram(words, commands)).toBe(EXIT.usage);
    expect(out).toBe('');
    expect(err).not.toBe('');
  },
);

test('a mistyped command is answered with the nearest one', async () => {
  await runProgram(['gret'], commands);
  expect(err).toContain('Did you mean greet?');
});

test('a usage error of a command is printed plainly', async () => {
  expect(await runProgram(['fail', 'usage'], commands)).toBe(EXIT.usage);
  expect(err).toBe('code43: no such scenario: x\n');
});

test('any other error is printed with its causes and without a stack', async () => {
  expect(await runProgram(['fail', 'lab'], commands)).toBe(EXIT.error);
  expect(err).toMatch(/^code43: the host is gone\n {2}because: ssh: connection refused\n/);
  expect(err).not.toMatch(/^\s+at /m);
});
