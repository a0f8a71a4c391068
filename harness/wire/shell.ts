import { constants } from 'node:os';
import { BoundedOutput, KeepsNothing } from './bounded-output.ts';
import { CommandFailed } from './command-failed.ts';
import { type GroupStopper, groupStopper } from './group-stopper.ts';

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
  using stop = groupStopper(options);
  const tooMuch = (): void => {
    stop.end('output');
  };
  const stdout = new BoundedOutput(options, tooMuch);
  const stderr = new BoundedOutput(options, tooMuch);
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
    store: { stdout, stderr, stdall: new KeepsNothing() },
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

function settle(
  argv: readonly string[],
  options: RunOptions,
  stop: GroupStopper,
  end: Ending,
): CommandOutput {
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
