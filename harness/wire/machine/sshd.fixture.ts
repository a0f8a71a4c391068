import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { needs, skips, type Tier } from '../../test/tier.ts';
import { findProgram } from '../program.ts';
import { LeashedProcess } from '../process.ts';

const SSHD = '/usr/sbin/sshd';

/** The `test` of the tier that goes over ssh to a server of its own. */
const PROGRAMS = ['ssh', 'ssh-keygen', 'socat', 'setpriv', 'bash'];
export const hasSshd = existsSync(SSHD) && PROGRAMS.every((name) => findProgram(name) !== null);
export const sshdTier: Tier = existsSync(SSHD) ? needs(...PROGRAMS) : skips(`needs ${SSHD} (not there)`);

/** An ssh server of this user's own, on the loopback interface, that lets this user in by a key of its own. */
export interface Sshd extends AsyncDisposable {
  /** ssh's config: `lab` is the server; `stranger` it too, by a name whose host key is not known; `no-key` without the key. */
  readonly config: string;
  readonly folder: string;
  /** Of the process that listens. */
  readonly pid: number;
  /** How many connections it has. */
  connections(): number;
  /** Sends a signal to all processes that serve its connections, and to none that they serve. */
  signal(signal: NodeJS.Signals): void;
}

export interface SshdOptions {
  /** Lines of sshd_config. */
  readonly lines?: readonly string[];
  /** What programs find in their environment. */
  readonly env?: Readonly<Record<string, string>>;
}

export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  const folder = await mkdtemp(join(tmpdir(), 'code43-sshd-'));
  for (const key of ['host', 'user', 'other'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', key, '-f', join(folder, key)]);
  await writeFile(join(folder, 'authorized_keys'), await readFile(join(folder, 'user.pub')));
  // It separates its privileges in this folder, which its service makes (sshd(8), FILES).
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
  const port = await freePort();
  const config = join(folder, 'ssh_config');
  await writeFile(join(folder, 'sshd_config'), sshdConfig(folder, port, options));
  await writeFile(config, await sshConfig(folder, port));
  await chmod(config, 0o600);
  const server = await listening(join(folder, 'sshd_config'));
  return {
    config,
    folder,
    pid: server.pid,
    connections: () => childrenOf(server.pid).length,
    signal: (signal) => {
      for (const pid of serving(server.pid)) signalTo(pid, signal);
    },
    async [Symbol.asyncDispose]() {
      for (const pid of serving(server.pid)) signalTo(pid, 'SIGKILL');
      signalTo(server.pid, 'SIGCONT');
      await server.stop(1);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function sshdConfig(folder: string, port: number, { lines: more = [], env }: SshdOptions): string {
  const run = process.env['CODE43_TEST_RUN'];
  // No login's own settings are under test; and what outlives the tests is found by its mark.
  const all = { HOME: folder, ...(run === undefined ? {} : { CODE43_TEST_RUN: run }), ...env };
  const lines = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(folder, 'host')}`,
    `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
    'PidFile none',
    'StrictModes no',
    'UsePAM no',
    'PermitRootLogin yes',
    'PasswordAuthentication no',
    `SetEnv ${Object.entries(all)
      .map(([name, value]) => `${name}=${value}`)
      .join(' ')}`,
  ];
  // Of a key that stands twice the first counts.
  return `${[...more, ...lines].join('\n')}\n`;
}

async function sshConfig(folder: string, port: number): Promise<string> {
  const key = (await readFile(join(folder, 'host.pub'), 'utf8')).split(' ').slice(0, 2).join(' ');
  await writeFile(join(folder, 'known_hosts'), `known ${key}\n`);
  return `Host stranger
  HostKeyAlias stranger
Host closed
  Port 1
# What would break every session that heeded it.
Host odd
  RemoteCommand false
  RequestTTY force
  EscapeChar x
  SetEnv PATH=/nowhere
Host *
  HostName 127.0.0.1
  Port ${port}
  User ${userInfo().username}
  HostKeyAlias known
  UserKnownHostsFile ${join(folder, 'known_hosts')}
  StrictHostKeyChecking yes
  IdentitiesOnly yes
  IdentityAgent none
Match !originalhost no-key
  IdentityFile ${join(folder, 'user')}
Match originalhost no-key
  IdentityFile ${join(folder, 'other')}
`;
}

/** Starts it and waits until it listens. */
async function listening(config: string): Promise<LeashedProcess> {
  const said: string[] = [];
  let listens = (): void => undefined;
  const ready = new Promise<null>((resolve) => {
    listens = () => {
      resolve(null);
    };
  });
  const server = await LeashedProcess.start([SSHD, '-D', '-e', '-f', config], {
    sockets: 0,
    onStderr: (line) => {
      said.push(line);
      if (line.includes('Server listening on')) listens();
    },
  });
  if ((await Promise.race([ready, server.exited])) !== null) throw new Error(said.join('\n'));
  return server;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Below a server its own kind: one process for each connection, and of another user one more. */
function serving(parent: number): readonly number[] {
  const own = childrenOf(parent).filter((pid) => nameOf(pid).startsWith('sshd'));
  return own.flatMap((pid) => [pid, ...serving(pid)]);
}

function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8');
  } catch {
    return '';
  }
}

export function childrenOf(parent: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === parent)
    .map(Number);
}

function parentOf(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}

/** A signal for a process that may have ended. */
export function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has.
  }
}
