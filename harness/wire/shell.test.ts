import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alive } from '../test/alive.ts';
import { CommandFailed, run } from './shell.ts';

async function failure(promise: Promise<unknown>): Promise<CommandFailed> {
  const error: unknown = await promise.catch((caught: unknown) => caught);
  if (!(error instanceof CommandFailed)) throw new Error('expected the command to fail', { cause: error });
  return error;
}

test('any argument vector reaches the program unchanged', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 30 }).map((value) => value.replaceAll('\0', ''));
  const hostile = fc.constantFrom('', '-e', '$(id)', '`id`', "'", '"', '\\', '\\u0041', ';', '&&', '*', '~', '!!', '\n', 'A=b', '{a,b}', '\u001b[31m'); // prettier-ignore
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(text, hostile), { maxLength: 8 }), async (args) => {
      const { stdout } = await run(['printf', '%s\\0', 'first', ...args]);
      expect(stdout.split('\0')).toEqual(['first', ...args, '']);
    }),
    { numRuns: 60 },
  );
});

test('the first word is a program, never an assignment, option or shell builtin', async () => {
  const names = ['A=b', '-c', 'umask', 'if', 'no such program'];
  for (const name of names) expect((await failure(run([name]))).code).toBe(127);
});

test('a NUL byte in an argument is refused before anything starts', async () => {
  expect((await failure(run(['echo', 'a\0b']))).message).toContain('NUL');
});

test('a failing command tells its code and the end of both streams', async () => {
  const error = await failure(run(['sh', '-c', 'echo out; echo why >&2; exit 3']));
  expect(error).toMatchObject({ code: 3, signal: null, stdout: 'out\n', stderr: 'why\n', timedOut: false });
  expect(error.message).toContain('exit code 3\nwhy');
});

test('allowFailure hands over the code, 128 + n after signal n', async () => {
  expect((await run(['false'], { allowFailure: true })).code).toBe(1);
  expect((await run(['sh', '-c', 'kill -9 $$'], { allowFailure: true })).code).toBe(137);
});

test('input is written to stdin, and a program that ignores it still ends well', async () => {
  expect((await run(['cat'], { input: 'hello' })).stdout).toBe('hello');
  expect((await run(['true'], { input: 'x'.repeat(1_000_000) })).code).toBe(0);
});

test('a program without input finds stdin empty instead of waiting for ever', async () => {
  expect((await run(['cat'])).stdout).toBe('');
});

test('env and cwd are honoured', async () => {
  const output = await run(['sh', '-c', 'echo "$COLOUR $(pwd)"'], { env: { COLOUR: 'red' }, cwd: '/' });
  expect(output.stdout).toBe('red /\n');
});

test('lines of both streams are handed on as they come', async () => {
  const lines: string[] = [];
  await run(['sh', '-c', 'echo one; echo two >&2; printf three'], { onLine: (line) => lines.push(line) });
  expect(lines.sort()).toEqual(['one', 'three', 'two']);
});

test('a command that takes too long is ended with its children, even one that ignores SIGTERM', async () => {
  const script = 'trap "" TERM; sleep 1000 & echo $!; wait; sleep 1000';
  const error = await failure(run(['sh', '-c', script], { timeout: 0.5 }));
  expect(error.timedOut).toBe(true);
  await expect.poll(() => alive(Number(error.stdout))).toBe(false);
});

test('an abort ends the command and says so', async () => {
  const abort = new AbortController();
  const error = await failure(
    run(['sh', '-c', 'echo ready; sleep 1000'], { signal: abort.signal, onLine: () => { abort.abort(); } }), // prettier-ignore
  );
  expect(error.aborted).toBe(true);
});

test('a command that prints without end is ended', async () => {
  const error = await failure(run(['yes'], { maxOutput: 100_000 }));
  expect(error.message).toContain('printed too much');
});
