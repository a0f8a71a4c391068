import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, onTestFinished } from 'vitest';
import { alive } from '../../test/alive.ts';
import { needsPty, type Tier } from '../../test/tier.ts';
import { CommandFailed } from '../command-failed.ts';
import type { Pty } from '../pty.ts';
import { type Following, type Machine, SocketRefused } from './machine.ts';

/** A kind of machine under test. Its programs must run where these tests do. */
export interface Subject {
  /** The test of its tier. */
  readonly tier: Tier;
  readonly machine: () => Machine;
  /** How `test/machine-holder.ts` reaches it: a destination and a config of ssh; empty for this machine. */
  readonly reach: () => readonly [destination: string, config: string];
}

const LIMIT = { seconds: 30 };

/** What every machine keeps to. */
export function machineContract(subject: Subject): void {
  runContract(subject);
  endContract(subject);
  followContract(subject);
  connectContract(subject);
  terminalContract(subject);
  killedContract(subject);
}

function runContract({ tier, machine }: Subject): void {
  tier('any words reach a program unchanged', async () => {
    const word = fc.string({ unit: 'binary', maxLength: 12 }).map((value) => value.replaceAll('\0', ''));
    const hostile = fc.constantFrom(
      '',
      '-e',
      '$(id)',
      '`id`',
      "'",
      "'\\''",
      '"',
      '\\',
      '!!',
      '\n',
      'A=b',
      '*',
      '~',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(word, hostile), { maxLength: 6 }), async (words) => {
        const { stdout } = await machine().run(['printf', '%s\\0', 'first', ...words], LIMIT);
        expect(stdout.split('\0')).toEqual(['first', ...words, '']);
      }),
      { numRuns: 20 },
    );
  });

  tier('an exit code is an answer, with both streams as they were', async () => {
    for (const code of [0, 1, 124, 127, 254, 255]) {
      const { stdout, stderr, ...rest } = await machine().run(
        ['sh', '-c', `printf 'out'; printf 'one\\ntwo' >&2; exit ${code}`],
        LIMIT,
      );
      expect([stdout, stderr, rest]).toEqual(['out', 'one\ntwo', { code }]);
    }
    expect(await machine().run(['true'], LIMIT)).toEqual({ stdout: '', stderr: '', code: 0 });
  });

  tier('a program that a signal ended is told by 128 + n', async () => {
    for (const [name, code] of [
      ['KILL', 137],
      ['TERM', 143],
      ['INT', 130],
      ['PIPE', 141],
    ] as const)
      // prettier-ignore
      expect(await machine().run(['sh', '-c', `kill -${name} $$`], LIMIT)).toEqual({ stdout: '', stderr: '', code });
  });

  tier('a program that is not there is no exit code', async () => {
    for (const name of ['code43-no-such-program', '/nowhere/program', 'A=b', '-c', 'if', '']) {
      const failed = await failure(machine().run([name], LIMIT));
      expect(failed.code).toBe(127);
      expect(failed.message).toContain(`there is no such program on ${machine().name}`);
    }
    expect((await failure(machine().run([], LIMIT))).message).toContain('it is empty');
    expect((await failure(machine().run(['echo', 'a\0b'], LIMIT))).message).toContain('NUL');
  });

  tier('input arrives byte by byte, and a program that does not read it ends all the same', async () => {
    const input = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 7) % 256));
    const { stdout } = await machine().run(['base64', '-w0'], { ...LIMIT, input });
    expect(Buffer.from(stdout, 'base64').equals(input)).toBe(true);
    expect((await machine().run(['cat'], { ...LIMIT, input: 'end\nend\n' })).stdout).toBe('end\nend\n');
    expect((await machine().run(['true'], { ...LIMIT, input: 'x'.repeat(1_000_000) })).code).toBe(0);
    expect((await machine().run(['cat'], LIMIT)).stdout).toBe('');
  });

  tier('much output arrives whole', async () => {
    const { stdout } = await machine().run(['head', '-c', '5000000', '/dev/zero'], LIMIT);
    expect(stdout.length).toBe(5_000_000);
  });

  tier('a program begins with nothing but its own: no files, no signals that are ignored', async () => {
    const script = 'for fd in /proc/$$/fd/[0-9]; do echo "${fd##*/}"; done; grep SigIgn /proc/self/status';
    for (const whenLost of ['end', 'goes-on'] as const) {
      const { stdout } = await machine().run(['sh', '-c', script], { ...LIMIT, whenLost });
      // The last one is the folder that it looks into.
      expect(stdout.split('\n')).toEqual(['0', '1', '2', '3', 'SigIgn:\t0000000000000000', '']);
    }
  });

  tier('more runs than fit wait for one another', async () => {
    const runs = Array.from({ length: 25 }, (_, i) => machine().run(['echo', String(i)], { seconds: 100 }));
    expect((await Promise.all(runs)).map(({ stdout }) => stdout)).toEqual(runs.map((_, i) => `${i}\n`));
  });
}

function endContract({ tier, machine }: Subject): void {
  /** Two processes that no SIGTERM ends, one of which holds no stream; their numbers are printed. */
  const STUBBORN = [
    'bash',
    '-c',
    'trap "" TERM; (exec >/dev/null 2>&1 </dev/null; sleep 1000) & echo $!; echo $$; echo said >&2; sleep 1000; sleep 1000',
  ];

  tier('a deadline ends a program there with all its children, even those that ignore SIGTERM', async () => {
    for (const whenLost of ['end', 'goes-on'] as const) {
      const failed = await failure(machine().run(STUBBORN, { seconds: 1, whenLost }));
      expect(failed.timedOut).toBe(true);
      expect(failed.message).toMatch(/took longer than 1 s and was ended\nsaid$/);
      const pids = numbersIn(failed.stdout);
      expect(pids).toHaveLength(2);
      expect(pids.map(alive)).toEqual([false, false]);
    }
  });

  tier('an abort does, too, even while input waits to be read', async () => {
    const folder = await temporary();
    const stop = new AbortController();
    const script = 'echo $$ >"$1.new"; mv "$1.new" "$1"; exec sleep 1000';
    const input = 'x'.repeat(1_000_000);
    const file = join(folder, 'pid');
    const run = machine().run(['sh', '-c', script, 'sh', file], { ...LIMIT, signal: stop.signal, input });
    const failed = failure(run);
    await expect.poll(() => existsSync(file), { timeout: 20_000 }).toBe(true);
    stop.abort(new Error('enough'));
    expect(await failed).toMatchObject({ aborted: true, cause: new Error('enough') });
    expect(alive(Number(await readFile(file, 'utf8')))).toBe(false);
    expect((await failure(machine().run(['true'], { ...LIMIT, signal: stop.signal }))).aborted).toBe(true);
  });

  tier('what a program leaves in the background is neither waited for nor ended', async () => {
    const script = 'setsid sleep 1000 & echo $!; (while sleep 0.1; do echo more; done) & echo $!; exit 3';
    for (const whenLost of ['end', 'goes-on'] as const) {
      const { stdout, code } = await machine().run(['sh', '-c', script], { ...LIMIT, whenLost });
      expect(code).toBe(3);
      const [daemon = 0, child = 0] = numbersIn(stdout);
      expect(alive(daemon)).toBe(true);
      for (const pid of [daemon, child]) end(pid);
    }
  });

  tier('no supervisor outlives its program', async () => {
    const word = `code43-${randomUUID()}`;
    const script = (text: string): readonly string[] => ['sh', '-c', text, word];
    const onLine = (): void => undefined;
    for (const whenLost of ['end', 'goes-on'] as const) {
      await machine().run(script('exit 0'), { ...LIMIT, whenLost });
      await machine().run(script('exit 0'), { ...LIMIT, whenLost, input: 'x'.repeat(1_000_000) });
      await failure(machine().run(script('sleep 1000'), { seconds: 1, whenLost }));
    }
    await (
      await machine().follow(script('exit 0'), { onLine })
    ).ended;
    await (await machine().follow(script('sleep 1000'), { onLine })).stop();
    await expect.poll(() => processesOf(word), { timeout: 20_000 }).toEqual([]);
  });

  tier('a program that prints without end is ended', async () => {
    const failed = await failure(machine().run(['yes'], { ...LIMIT, maxOutput: 100_000 }));
    expect(failed.message).toContain('printed too much and was ended');
  });
}

function followContract({ tier, machine }: Subject): void {
  tier('lines of a followed program are handed on, and lines reach it', async () => {
    const lines: string[] = [];
    const errors: string[] = [];
    const script =
      'echo begun; printf "\\n\\nto err\\n" >&2; while IFS= read -r x; do printf "got [%s]\\n" "$x"; done';
    await using followed = await machine().follow(['sh', '-c', script], {
      onLine: (line) => void lines.push(line),
      onStderr: (line) => void errors.push(line),
    });
    for (const line of ['one', '  two \\n ', '', '>', 'end', 'ä€']) followed.write(line);
    const got = ['begun', 'got [one]', 'got [  two \\n ]', 'got []', 'got [>]', 'got [end]', 'got [ä€]'];
    await expect.poll(() => lines, { timeout: 20_000 }).toEqual(got);
    await expect.poll(() => errors).toEqual(['', '', 'to err']);
    for (const line of ['a\nb', 'a\0b', 'x'.repeat(65_536)]) expect(() => { followed.write(line); }).toThrow(RangeError); // prettier-ignore
  });

  tier('a followed program that ends tells how, after its last words', async () => {
    const words: string[] = [];
    const say = (line: string): void => void words.push(line);
    const script = `printf last; printf words >&2; head -c 100000 /dev/zero | tr '\\0' x; exit 7`;
    const followed = await machine().follow(['sh', '-c', script], { onLine: say, onStderr: say });
    expect(await followed.ended).toEqual({ code: 7, signal: null });
    expect(words.toSorted()).toEqual([`last${'x'.repeat(65_532)}`, 'words']);
    await followed.stop();
    followed.write('to nobody');
  });

  tier('a followed program is ended there with all its children when it is stopped or aborted', async () => {
    const script = 'trap "" TERM; sleep 1000 & echo "$! $$"; while :; do sleep 1; done';
    const stop = new AbortController();
    const started: { followed: Following; pids: readonly number[] }[] = [];
    for (const signal of [undefined, stop.signal]) {
      const lines: string[] = [];
      const onLine = (line: string): void => void lines.push(line);
      const followed = await machine().follow(['bash', '-c', script], { onLine, signal });
      await expect.poll(() => lines.length, { timeout: 20_000 }).toBe(1);
      started.push({ followed, pids: numbersIn(lines.join()) });
    }
    stop.abort();
    const [stopped, aborted] = started;
    await Promise.all([stopped?.followed.stop(), aborted?.followed.ended]);
    for (const { pids, followed } of started) {
      expect(pids.map(alive)).toEqual([false, false]);
      expect((await followed.ended).code).toBe(137);
    }
  });

  tier('a program that cannot be followed says why at once', async () => {
    const onLine = (): void => undefined;
    const failed = await failure(machine().follow(['code43-no-such-program'], { onLine }));
    expect(failed.message).toContain('there is no such program');
  });
}

function connectContract({ tier, machine }: Subject): void {
  tier('a socket is talked to both ways, and each side learns that the other has ended', async () => {
    const folder = await temporary();
    const path = join(folder, 'socket');
    const ends: string[] = [];
    await listening(path, (socket) => {
      socket.on('data', (chunk: Buffer) => socket.write(`heard ${chunk.toString()}`));
      socket.on('end', () => ends.push('end'));
    });
    const stream = await machine().connect(path, LIMIT);
    stream.write('one\n');
    expect(String((await once(stream, 'data'))[0])).toBe('heard one\n');
    stream.end();
    await once(stream, 'close');
    expect(ends).toEqual(['end']);
  });

  tier('a stream ends with its socket, with all that was said', async () => {
    const path = join(await temporary(), 'socket');
    await listening(path, (socket) => socket.end('x'.repeat(3_000_000)));
    expect((await text(await machine().connect(path, LIMIT))).length).toBe(3_000_000);
  });

  tier('a stream that is destroyed lets the socket go', async () => {
    const path = join(await temporary(), 'socket');
    const closed: string[] = [];
    await listening(path, (socket) => {
      socket.resume();
      socket.on('close', () => closed.push('close'));
    });
    (await machine().connect(path, LIMIT)).destroy();
    await expect.poll(() => closed, { timeout: 20_000 }).toEqual(['close']);
  });

  tier('any name of a socket is only a name', async () => {
    const folder = await temporary();
    for (const name of [
      `a,b:c"d'e`,
      'f\\g!!h',
      '(i)[j]{k}',
      'l m\tn$o`p',
      '%20ä€😀',
      '-',
      '{fork',
      'x,fork=1',
    ]) {
      const path = join(folder, name);
      await listening(path, (socket) => socket.end(name));
      expect(await text(await machine().connect(path, LIMIT))).toBe(name);
    }
  });

  tier('where nobody listens the socket is refused', async () => {
    const folder = await temporary();
    await listening(join(folder, 'alive'), () => undefined);
    // A socket of its own that nobody ever listened on.
    await machine().run(['cp', '-a', join(folder, 'alive'), join(folder, 'copy')], LIMIT);
    await writeFile(join(folder, 'file'), '');
    const paths = ['copy', 'file', 'none', 'x'.repeat(110)].map((name) => join(folder, name));
    for (const path of [...paths, 'relative', '/a\nb', '/a\0b'])
      await expect(machine().connect(path, LIMIT), path).rejects.toThrow(SocketRefused);
  });
}

function terminalContract({ tier, machine }: Subject): void {
  const ptyTier = needsPty(tier);
  const size = { columns: 80, rows: 24 };

  ptyTier('a program on a terminal sees its size, its changes and what is typed', async () => {
    const script =
      'stty size; while [ "$(stty size)" = "24 80" ]; do sleep 0.1; done; stty size; read -r x; echo "got [$x]"; read -r _; exit 7';
    const pty = await machine().terminal(['sh', '-c', script], size);
    const screen = screenOf(pty);
    await expect.poll(screen, { timeout: 20_000 }).toContain('24 80');
    pty.resize(100, 40);
    await expect.poll(screen, { timeout: 20_000 }).toContain('40 100');
    pty.write('~.~~x\r');
    await expect.poll(screen, { timeout: 20_000 }).toContain('got [~.~~x]');
    pty.write('\r');
    expect(await pty.exited).toEqual({ code: 7, signal: null });
  });

  ptyTier('words reach a program on a terminal unchanged', async () => {
    const words = ['a b', "it's", '$HOME', '*', '', '\\n', '-n', 'ä'];
    const pty = await machine().terminal(['sh', '-c', 'printf "[%s]" "$@"; read -r _', 'sh', ...words], size);
    await expect.poll(screenOf(pty), { timeout: 20_000 }).toBe(words.map((word) => `[${word}]`).join(''));
    pty.write('\r');
    await pty.exited;
  });

  ptyTier('a terminal that is killed hangs up', async () => {
    const pty = await machine().terminal(['sh', '-c', 'echo "<$$>"; exec sleep 1000'], size);
    const screen = screenOf(pty);
    await expect.poll(screen, { timeout: 20_000 }).toMatch(/<\d+>/);
    pty.kill();
    await pty.exited;
    const [pid = 0] = numbersIn(screen());
    await expect.poll(() => alive(pid), { timeout: 20_000 }).toBe(false);
  });
}

function killedContract({ tier, reach }: Subject): void {
  tier('of a harness that is killed only that goes on which shall', async () => {
    const folder = await temporary();
    const holder = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        fileURLToPath(new URL('../../test/machine-holder.ts', import.meta.url)),
        ...reach(),
        folder,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    onTestFinished(() => void holder.kill('SIGKILL'));
    const [followed = 0] = numbersIn(String((await once(holder.stdout, 'data'))[0]));
    const file = (name: string): string => join(folder, name);
    const pidOf = async (name: string): Promise<number> => {
      await expect.poll(() => existsSync(file(`${name}.pid`)), { timeout: 20_000 }).toBe(true);
      return Number(await readFile(file(`${name}.pid`), 'utf8'));
    };
    const [ended, goesOn] = [await pidOf('end'), await pidOf('goes-on')];
    holder.kill('SIGKILL');
    await expect.poll(() => [alive(followed), alive(ended)], { timeout: 20_000 }).toEqual([false, false]);
    expect(alive(goesOn)).toBe(true);
    await writeFile(file('goes-on.go'), '');
    await writeFile(file('end.go'), '');
    await expect.poll(() => alive(goesOn), { timeout: 20_000 }).toBe(false);
    expect([existsSync(file('goes-on')), existsSync(file('end'))]).toEqual([true, false]);
  });
}

async function failure(promise: Promise<unknown>): Promise<CommandFailed> {
  const error: unknown = await promise.catch((caught: unknown) => caught);
  if (!(error instanceof CommandFailed)) throw new Error('expected the command to fail', { cause: error });
  return error;
}

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'code43-machine-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function listening(path: string, serve: (socket: Duplex) => void): Promise<Server> {
  const server = createServer(serve);
  server.listen(path);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return server;
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It wrote to nobody, and has ended by that.
  }
}

/** Those that have this word on their command line. */
function processesOf(word: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word);
    } catch {
      return false;
    }
  });
}

function numbersIn(output: string): readonly number[] {
  return (output.match(/\d+/g) ?? []).map(Number);
}

/** All that the program has written so far. */
function screenOf(pty: Pty): () => string {
  let screen = '';
  pty.onData((bytes) => {
    screen += bytes.toString();
  });
  return () => screen;
}
