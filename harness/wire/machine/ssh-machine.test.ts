import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, vi } from 'vitest';
import { alive } from '../../test/alive.ts';
import { CommandFailed } from '../command-failed.ts';
import { machineContract } from './machine.contract.ts';
import { ConnectionLost } from './machine.ts';
import { SESSIONS } from './session-slots.ts';
import { SshMachine } from './ssh-machine.ts';
import { childrenOf, hasSshd, signalTo, type Sshd, sshdTier, startSshd } from './sshd.fixture.ts';

const tier = sshdTier;
let sshd: Sshd;
let machine: SshMachine;
const LIMIT = { seconds: 30 };

beforeAll(async () => {
  if (!hasSshd) return;
  sshd = await startSshd();
  machine = await SshMachine.open('lab', { sshConfig: sshd.config });
});

afterAll(async () => {
  if (!hasSshd) return;
  await machine[Symbol.asyncDispose]();
  await sshd[Symbol.asyncDispose]();
});

afterEach(() => vi.unstubAllEnvs());

machineContract({ tier, machine: () => machine, reach: () => ['lab', sshd.config] });

const POLL = { timeout: 40_000 };

/** What becomes of three programs on a machine whose connection is broken in some way. */
async function brokenBy(breakIt: (sshd: Sshd) => void): Promise<void> {
  const folder = await temporary();
  await using server = await startSshd();
  await using host = await SshMachine.open('lab', { sshConfig: server.config });
  const script =
    'echo $$ >"$1.pid"; while [ ! -e "$1.go" ]; do echo on; echo on >&2; sleep 0.1; done; echo done >"$1"';
  const file = (name: string): string => join(folder, name);
  const run = (name: string, whenLost: 'end' | 'goes-on'): Promise<unknown> =>
    failureOf(host.run(['sh', '-c', script, 'sh', file(name)], { seconds: 60, whenLost }));
  const runs = [run('goes-on', 'goes-on'), run('end', 'end')];
  const lines: string[] = [];
  const followed = await host.follow(['sh', '-c', 'echo $$; exec sleep 1000'], {
    onLine: (line) => void lines.push(line),
  });
  const stream = await host.connect(await echoSocket(folder), LIMIT);
  await expect
    .poll(() => lines.length && ['end', 'goes-on'].every((name) => existsSync(file(`${name}.pid`))), POLL)
    .toBe(true);
  breakIt(server);
  const errors = await Promise.all([...runs, failureOf(followed.ended)]);
  for (const error of errors) {
    expect(error).toBeInstanceOf(ConnectionLost);
    expect(String(error)).toMatch(/the connection to lab ended[^]*may still go on/);
  }
  await expect.poll(() => stream.closed, POLL).toBe(true);
  await expect(followed.stop()).rejects.toThrow(ConnectionLost);
  await expect(host.run(['true'], LIMIT)).rejects.toThrow(ConnectionLost);
  await expect(host.connect('/none', LIMIT)).rejects.toThrow(ConnectionLost);
  await expect(host.terminal(['true'], { columns: 80, rows: 24 })).rejects.toThrow(ConnectionLost);
  server.signal('SIGCONT');
  const [goesOn, ended] = await Promise.all(
    ['goes-on', 'end'].map(async (name) => Number(await readFile(file(`${name}.pid`), 'utf8'))),
  );
  await expect.poll(() => [Number(lines[0]), ended ?? 0].map(alive), POLL).toEqual([false, false]);
  expect(alive(goesOn ?? 0)).toBe(true);
  await writeFile(file('goes-on.go'), '');
  await expect.poll(() => existsSync(file('goes-on')), POLL).toBe(true);
  expect(existsSync(file('end'))).toBe(false);
}

tier('a server that drops the connection takes along only what shall end', async () => {
  await brokenBy((server) => {
    server.signal('SIGKILL');
  });
});

tier('so does an ssh here that is killed', async () => {
  await brokenBy((server) => {
    for (const pid of mastersTo(server)) signalTo(pid, 'SIGKILL');
  });
});

tier('so does a server that says nothing any more', async () => {
  await brokenBy((server) => {
    server.signal('SIGSTOP');
  });
});

tier('deadlines hold where a server says nothing any more', async () => {
  await using server = await startSshd();
  await using host = await SshMachine.open('lab', { sshConfig: server.config });
  const followed = await host.follow(['sleep', '1000'], { onLine: () => undefined });
  server.signal('SIGSTOP');
  const [run, stopped, socket] = await Promise.all([
    failureOf(host.run(['sleep', '1000'], { seconds: 1 })),
    failureOf(followed.stop()),
    failureOf(host.connect('/none', { seconds: 1 })),
  ]);
  expect(run).toMatchObject({ timedOut: true });
  expect(String(run)).toContain('took longer than 1 s; nobody on lab says that it has ended');
  expect(stopped).toBeInstanceOf(ConnectionLost);
  expect(socket).toMatchObject({ timedOut: true });
});

tier('a supervisor that is killed there is no answer, and the connection goes on', async () => {
  const script = 'kill -9 $(cut -d" " -f4 /proc/$PPID/stat)';
  const error = await failureOf(
    machine.run(['sh', '-c', `${script}; sleep 1`], { ...LIMIT, whenLost: 'end' }),
  );
  expect(error).toBeInstanceOf(ConnectionLost);
  expect(String(error)).toContain('its supervisor on lab was killed');
  expect((await machine.run(['echo', 'well'], LIMIT)).stdout).toBe('well\n');
});

tier('a machine without bash is said to be one', async () => {
  await using server = await startSshd({ env: { PATH: '/nowhere' } });
  await using host = await SshMachine.open('lab', { sshConfig: server.config });
  const error = await failureOf(host.run(['true'], LIMIT));
  expect(error).toBeInstanceOf(CommandFailed);
  expect(String(error)).toMatch(/could not be started on lab, where bash[^]*bash: not found/);
});

tier('what runs long counts among the sessions, and who waits in vain is told', async () => {
  await using host = await SshMachine.open('lab', { sshConfig: sshd.config });
  const onLine = (): void => undefined;
  const followed = await Promise.all(
    Array.from({ length: SESSIONS }, () => host.follow(['sleep', '1000'], { onLine })),
  );
  const error = await failureOf(host.run(['true'], { seconds: 1 }));
  expect(error).toMatchObject({ timedOut: true });
  expect(String(error)).toContain(`waited 1 s for one of the ${SESSIONS} sessions`);
  const stop = new AbortController();
  const aborted = failureOf(host.run(['true'], { ...LIMIT, signal: stop.signal }));
  stop.abort();
  expect(await aborted).toMatchObject({ aborted: true });
  await followed[0]?.stop();
  expect((await host.run(['echo', 'my turn'], LIMIT)).stdout).toBe('my turn\n');
});

tier(
  'a server that allows fewer sessions is said to, and nothing goes around the one connection',
  async () => {
    await using server = await startSshd({ lines: ['MaxSessions 2'] });
    await using host = await SshMachine.open('lab', { sshConfig: server.config });
    const ran = await Promise.all(
      Array.from({ length: 6 }, () => host.run(['sleep', '1'], LIMIT).catch((error: unknown) => error)),
    );
    const refused = ran.filter((one) => one instanceof CommandFailed);
    expect(refused).toHaveLength(4);
    expect(refused[0]?.message).toContain(`MaxSessions below ${SESSIONS}`);
    expect(server.connections()).toBe(1);
  },
);

tier(
  'a machine that lets nobody in is said to, in the words of ssh, and nothing is left behind',
  async () => {
    const folder = await temporary();
    vi.stubEnv('TMPDIR', folder);
    for (const [name, words] of [
      ['closed', /Connection refused[^]*BatchMode=yes -- closed true/],
      ['no-key', /Permission denied/],
      ['stranger', /Host key verification failed/],
      [`-oProxyCommand=touch ${folder}/x`, /-oProxyCommand=.* does not answer over ssh/],
    ] as const) {
      const error = await failureOf(SshMachine.open(name, { sshConfig: sshd.config }));
      expect(error).toBeInstanceOf(ConnectionLost);
      expect(String(error)).toMatch(words);
    }
    expect(await readdir(folder)).toEqual([]);
  },
);

tier('a server that does not answer is given up, as is one that is no longer wanted', async () => {
  const folder = await temporary();
  await using server = await startSshd();
  vi.stubEnv('TMPDIR', folder);
  signalTo(server.pid, 'SIGSTOP');
  const open = (signal?: AbortSignal): Promise<unknown> =>
    failureOf(SshMachine.open('lab', { sshConfig: server.config, seconds: 2, signal }));
  const error = await open();
  expect(error).toBeInstanceOf(ConnectionLost);
  const stop = new AbortController();
  const aborted = open(stop.signal);
  stop.abort(new Error('enough'));
  expect(await aborted).toEqual(new Error('enough'));
  signalTo(server.pid, 'SIGCONT');
  expect(await readdir(folder)).toEqual([]);
});

tier('letting a machine go ends what is followed there, and leaves nothing', async () => {
  const folder = join(await temporary(), '100%h');
  await mkdir(folder);
  vi.stubEnv('TMPDIR', folder);
  const lines: string[] = [];
  {
    await using host = await SshMachine.open('lab', { sshConfig: sshd.config });
    expect(await readdir(folder)).toHaveLength(1);
    await host.follow(['sh', '-c', 'echo $$; exec sleep 1000'], { onLine: (line) => void lines.push(line) });
    await expect.poll(() => lines.length, POLL).toBe(1);
  }
  expect(alive(Number(lines[0]))).toBe(false);
  expect(await readdir(folder)).toEqual([]);
});

tier('what a killed harness left of its connection is removed by the next one', async () => {
  const folder = await temporary();
  vi.stubEnv('TMPDIR', folder);
  const holder = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      fileURLToPath(new URL('../../test/machine-holder.ts', import.meta.url)),
      'lab',
      sshd.config,
      folder,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, TMPDIR: folder } },
  );
  onTestFinished(() => void holder.kill('SIGKILL'));
  await once(holder.stdout, 'data');
  const connections = async (): Promise<readonly string[]> =>
    (await readdir(folder)).filter((name) => name.startsWith('code43-ssh-'));
  const children = childrenOf(holder.pid ?? 0);
  expect(children.length).toBeGreaterThan(0);
  expect(await connections()).toHaveLength(1);
  await writeFile(join(folder, 'goes-on.go'), '');
  holder.kill('SIGKILL');
  await expect.poll(() => children.some(alive), POLL).toBe(false);
  expect(await connections()).toHaveLength(1);
  await using host = await SshMachine.open('lab', { sshConfig: sshd.config });
  expect(host.name).toBe('lab');
  expect(await connections()).toEqual([expect.stringContaining(`code43-ssh-${process.pid}-`)]);
});

tier('no option of the user’s for sessions reaches a program', async () => {
  await using host = await SshMachine.open('odd', { sshConfig: sshd.config });
  expect(await host.run(['sh', '-c', 'cat; echo "$PATH"'], { ...LIMIT, input: 'x~.y\n' })).toEqual({
    stdout: expect.stringMatching(/^x~\.y\n.*\/usr\/bin/) as string,
    stderr: '',
    code: 0,
  });
});

tier('what a login shell prints is not the program’s', async () => {
  await using server = await startSshd();
  await writeFile(join(server.folder, '.bashrc'), 'echo noise; echo noise >&2\n');
  await using host = await SshMachine.open('lab', { sshConfig: server.config });
  // Only bash reads this file here, and only where it is the login shell.
  const shell = execFileSync('getent', ['passwd', String(process.getuid?.())])
    .toString()
    .trim()
    .split(':')
    .at(-1);
  const bare = execFileSync('ssh', ['-F', server.config, 'lab', 'true'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  expect(bare.toString()).toBe(shell?.endsWith('bash') === true ? 'noise\n' : '');
  expect(await host.run(['sh', '-c', 'echo out; echo err >&2'], LIMIT)).toEqual({
    stdout: 'out\n',
    stderr: 'err\n',
    code: 0,
  });
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  const followed = await host.follow(['sh', '-c', 'echo out; echo err >&2'], { onLine: say, onStderr: say });
  await followed.ended;
  expect(lines.toSorted()).toEqual(['err', 'out']);
});

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => error,
  );
}

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'code43-ssh-machine-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function echoSocket(folder: string): Promise<string> {
  const path = join(folder, 'socket');
  const server = createServer((socket) => {
    socket.on('error', () => undefined).pipe(socket);
  });
  server.listen(path);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return path;
}

/** The processes of ssh that hold connections to a server. */
function mastersTo(server: Sshd): readonly number[] {
  return childrenOf(process.pid).filter((pid) => {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return command.includes(server.config) && command.includes('\0-N\0');
  });
}
