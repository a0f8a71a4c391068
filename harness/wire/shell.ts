import { constants } from 'node:os';
import { CommandFailed } from './command-failed.ts';
import { LineSplitter } from './lines.ts';

export { CommandFailed } from './command-failed.ts';

export interface RunOptions {
  /** Seconds until the command's whole process group is ended. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  /** Written to stdin, which is then closed. Without it stdin is empty. */
  readonly input?: string;
  /** Added to this process's own environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Every line of stdout and stderr as it comes, cut at 10 kB. */
  readonly onLine?: (line: string) => void;
  /** Resolve with the exit code (128 + n after signal n) instead of throwing when it is not 0. */
  readonly allowFailure?: boolean;
  /** Bytes of stdout or stderr beyond which the command is ended. Default 16 MiB. */
  readonly maxOutput?: number;
}

export interface CommandOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** Seconds between asking a process group to end and killing it. */
const GRACE = 2;
const ONE_LINE = 10_000;

/**
 * Runs one program to its end. Every argument reaches it unchanged; no shell syntax is ever read from them.
 * The whole command line is limited to 128 KiB (Linux, MAX_ARG_STRLEN).
 *
 * @throws {CommandFailed} it could not start, ended with a code other than 0, took too long, was aborted,
 *   or printed too much
 */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<CommandOutput> {
  if (argv.length === 0 || argv.some((arg) => arg.includes('\0'))) {
    throw new CommandFailed({ argv, what: 'not a command: it is empty or holds a NUL byte' });
  }
  options.signal?.throwIfAborted();
  // zx is 40 kB of source that most invocations of the tool never need.
  const { $ } = await import('zx/core');
  using stop = stopper(options);
  const stdout = new Stream(options, stop);
  const stderr = new Stream(options, stop);
  // `exec` makes the program take the shell's place, so its own signal and exit code come back;
  // `--` keeps a name that begins with a dash a name.
  const promise = $({
    quiet: true,
    verbose: false,
    nothrow: true,
    detached: true,
    prefix: '',
    postfix: '',
    preferLocal: false,
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    signal: stop.signal,
    store: { stdout, stderr, stdall: new Nothing() },
    env: { ...process.env, ...options.env },
    ...(options.input === undefined ? {} : { input: options.input }),
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  })`exec -- ${[...argv]}`;
  // A program may end without reading its input; its exit code says how that went.
  promise.child?.stdin?.on('error', () => undefined);
  stop.watch(promise.child?.pid);
  const output = await promise;
  stdout.end();
  stderr.end();
  return settle(argv, options, stop, {
    code: output.exitCode,
    signal: output.signal,
    cause: output.cause,
    stdout: stdout.text,
    stderr: stderr.text,
  });
}

interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly cause: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

function settle(argv: readonly string[], options: RunOptions, stop: Stopper, end: Ending): CommandOutput {
  const facts = { argv, ...end };
  if (stop.reason === 'timeout') {
    const what = `took longer than ${options.timeout ?? 0} s and was ended`;
    throw new CommandFailed({ ...facts, timedOut: true, what });
  }
  if (stop.reason === 'aborted') {
    throw new CommandFailed({ ...facts, aborted: true, what: 'was stopped', cause: options.signal?.reason });
  }
  if (stop.reason === 'output') throw new CommandFailed({ ...facts, what: 'printed too much and was ended' });
  const code = end.code ?? (end.signal === null ? null : 128 + constants.signals[end.signal]);
  if (code === null) throw new CommandFailed({ ...facts, what: 'could not be started' });
  if (code !== 0 && options.allowFailure !== true) {
    const what = end.signal === null ? `ended with exit code ${code}` : `was ended by ${end.signal}`;
    throw new CommandFailed({ ...facts, what });
  }
  return { stdout: end.stdout, stderr: end.stderr, code };
}

/** What zx's store asks of an array, keeping nothing. */
class Nothing extends Array<string | Buffer> {
  override push(): number {
    return 0;
  }
}

/** Keeps one output stream up to its bound and hands on its lines. */
class Stream extends Nothing {
  readonly #chunks: Buffer[] = [];
  readonly #limit: number;
  readonly #stop: Stopper;
  readonly #lines: LineSplitter | null;
  #size = 0;

  constructor(options: RunOptions, stop: Stopper) {
    super();
    const { onLine } = options;
    this.#limit = options.maxOutput ?? 16 * 1024 * 1024;
    this.#stop = stop;
    this.#lines = onLine ? new LineSplitter(ONE_LINE, (line) => { onLine(line.toString()); }) : null; // prettier-ignore
  }

  override push(...chunks: (string | Buffer)[]): number {
    for (const chunk of chunks) this.#take(Buffer.from(chunk));
    return 0;
  }

  #take(chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > this.#limit) {
      this.#stop.end('output');
      return;
    }
    this.#chunks.push(chunk);
    this.#lines?.push(chunk);
  }

  end(): void {
    this.#lines?.end();
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString();
  }
}

type StopReason = 'timeout' | 'aborted' | 'output';

interface Stopper extends Disposable {
  readonly signal: AbortSignal;
  readonly reason: StopReason | null;
  end(reason: StopReason): void;
  watch(pid: number | undefined): void;
}

/** Ends a process group on a deadline, an abort or too much output: politely, then by force. */
function stopper(options: RunOptions): Stopper {
  const controller = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  let reason: StopReason | null = null;
  let group: number | undefined;
  const end = (why: StopReason): void => {
    if (reason !== null) return;
    reason = why;
    // zx sends SIGTERM to the group when its signal is aborted.
    controller.abort();
    timers.push(setTimeout(() => { killGroup(group); }, GRACE * 1000)); // prettier-ignore
  };
  const onAbort = (): void => { end('aborted'); }; // prettier-ignore
  options.signal?.addEventListener('abort', onAbort, { once: true });
  if (options.timeout !== undefined) timers.push(setTimeout(() => { end('timeout'); }, options.timeout * 1000)); // prettier-ignore
  return {
    signal: controller.signal,
    get reason() {
      return reason;
    },
    end,
    watch(pid) {
      group = pid;
    },
    [Symbol.dispose]() {
      for (const timer of timers) clearTimeout(timer);
      options.signal?.removeEventListener('abort', onAbort);
    },
  };
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}
