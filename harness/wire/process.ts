import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { CommandFailed } from './command-failed.ts';
import { within } from './deadline.ts';
import { LineSplitter } from './lines.ts';

export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface ProcessOptions {
  /** How many connected sockets the child gets, as file descriptors 3 and up. */
  readonly sockets: number;
  /** Ends of sockets that the child gets as its own, by its file descriptor; they are closed here. */
  readonly given?: ReadonlyMap<number, Duplex>;
  /** Every line of stderr, cut at 4 kB. */
  readonly onStderr: (line: string) => void;
}

const STDERR_LINE = 4096;
/** Seconds after SIGKILL in which a child must be gone: one that waits for a device in the kernel cannot be killed. */
const DEATH = 20;
/** Seconds that a child's last words may take to arrive after its exit. */
const LAST_WORDS = 1;

/** A process that not even SIGKILL has ended. */
export class Unkillable extends Error {
  override readonly name = 'Unkillable';

  constructor(pid: number) {
    super(
      `process ${pid} was killed ${DEATH} s ago and is still there: it waits in the kernel, most often for a device; ` +
        'see /proc/<pid>/stack',
    );
  }
}

/**
 * The kernel kills the child when this process dies, SIGKILL included (prctl(2), PR_SET_PDEATHSIG). Were this
 * process gone before that is set, the child would never hear of it: so the shell looks who its parent is.
 */
const LEASH = ['setpriv', '--pdeathsig', 'KILL', '--', 'sh', '-c'];
const LEASH_SCRIPT = '[ "$PPID" = "$1" ] || exit 125; shift; exec "$@"';

/** A long-lived child that cannot outlive this process, with sockets to talk over. */
export class LeashedProcess {
  readonly pid: number;
  /** This side of the child's file descriptors 3 and up. They close with the child and never throw. */
  readonly sockets: readonly Duplex[];
  /** Resolves when the child has ended and what it wrote to stderr was handed on. Never rejects. */
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, pid: number, sockets: readonly Duplex[], exited: Promise<Exit>) {
    this.#child = child;
    this.pid = pid;
    this.sockets = sockets;
    this.exited = exited;
  }

  /**
   * Starts `argv`. A program that does not exist shows as exit code 127 and a line on stderr.
   *
   * @throws {CommandFailed} not even `setpriv` (util-linux) could be started
   */
  static async start(argv: readonly string[], options: ProcessOptions): Promise<LeashedProcess> {
    const [leash = '', ...rest] = [...LEASH, LEASH_SCRIPT, 'sh', String(process.pid), ...argv];
    const sockets = Array.from({ length: options.sockets }, () => 'pipe' as const);
    const given = givenAfter(3 + sockets.length, options.given);
    // A session of its own: Ctrl-C on the terminal is for this process, which then ends the child in its own way.
    const child = spawn(leash, rest, {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', ...sockets, ...given],
    });
    // At once: what the other side says must not be read here.
    for (const socket of options.given?.values() ?? []) socket.destroy();
    const exited = watchExit(child, options.onStderr);
    try {
      await once(child, 'spawn');
    } catch (cause) {
      throw new CommandFailed({ argv, what: `could not be started through ${leash}`, cause });
    }
    const ends = child.stdio.slice(3).filter((end): end is Duplex => end instanceof Duplex);
    // The end of the child resets them; `close` tells their readers.
    for (const end of ends) end.on('error', () => undefined);
    return new LeashedProcess(child, child.pid ?? 0, ends, exited);
  }

  /**
   * Sees to it that the child ends: waits `patience` seconds for it to end by itself, then asks it to (SIGTERM),
   * and kills it if it has not after `grace` more.
   *
   * @throws {Unkillable} it did not even end then
   */
  async stop(grace: number, patience = 0): Promise<Exit> {
    const ask = setTimeout(() => this.#child.kill('SIGTERM'), patience * 1000);
    const force = setTimeout(() => this.#child.kill('SIGKILL'), (patience + grace) * 1000);
    try {
      const limit = { seconds: patience + grace + DEATH };
      return await within(this.exited, limit, () => new Unkillable(this.pid));
    } finally {
      clearTimeout(ask);
      clearTimeout(force);
    }
  }
}

/** What stands at file descriptor `first` and up: each given socket at its number, nothing in between. */
function givenAfter(first: number, given: ProcessOptions['given'] = new Map()): ('ignore' | Duplex)[] {
  const last = Math.max(first - 1, ...given.keys());
  return Array.from({ length: last - first + 1 }, (_, i) => given.get(first + i) ?? 'ignore');
}

async function watchExit(child: ChildProcess, onStderr: (line: string) => void): Promise<Exit> {
  const lines = new LineSplitter(STDERR_LINE, (line) => {
    onStderr(line.toString());
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    lines.push(chunk);
  });
  const stderrClosed = child.stderr ? once(child.stderr, 'close') : Promise.resolve();
  const exit = await new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      resolve({ code, signal });
    });
    child.once('error', () => {
      resolve({ code: null, signal: null });
    });
  });
  // A grandchild may hold stderr open for ever.
  await Promise.race([stderrClosed, pause(LAST_WORDS * 1000, undefined, { ref: false })]);
  child.stderr?.destroy();
  lines.end();
  return exit;
}
