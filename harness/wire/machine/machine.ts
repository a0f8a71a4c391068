import type { Duplex } from 'node:stream';
import type { Exit } from '../process.ts';
import type { Pty } from '../pty.ts';
import type { CommandOutput } from '../shell.ts';
import type { WhenLost } from './supervisor.ts';

/** What one command may cost. */
export interface CommandLimit {
  /** Seconds until it is ended, there too; waiting for its turn is among them. */
  readonly seconds: number;
  readonly signal?: AbortSignal | undefined;
  /** Written to its stdin, which is then closed. Without it stdin is empty. At most 16 MiB. */
  readonly input?: string | Uint8Array;
  /** Bytes of stdout or stderr beyond which it is ended. Default 16 MiB. */
  readonly maxOutput?: number;
  /**
   * What becomes of it where the connection is lost or this process killed. Default `goes-on`, until its time is up: a
   * command that changes something, half done, is worse than one that nobody waits for any more; and one that only
   * looks ends by itself. A deadline or an abort ends it either way.
   */
  readonly whenLost?: WhenLost;
}

/** A program that goes on until it is stopped, ends, or the connection to its machine does. */
export interface Following extends AsyncDisposable {
  /**
   * How it ended; 128 + n after signal n. Rejects with `ConnectionLost` where nobody can know any more, and with
   * CommandFailed where it was ended for not reading what it was told.
   */
  readonly ended: Promise<Exit>;
  /** Sends one line to its stdin. @throws RangeError it holds a line break or a NUL, or is longer than 64 kB */
  write(line: string): void;
  /** Ends it and waits until it has ended there, its children too. @throws ConnectionLost nobody there says so */
  stop(): Promise<void>;
}

export interface FollowOptions {
  /** Every line of its stdout, cut at 64 kB. */
  readonly onLine: (line: string) => void;
  /** Every line of its stderr, likewise. */
  readonly onStderr?: (line: string) => void;
  /** Stops it. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A machine that can be asked to run programs: this one, or another over ssh. Words reach programs as they are, with
 * no shell's syntax read from them; a whole command line is limited to 128 KiB (Linux, MAX_ARG_STRLEN), quotes included.
 */
export interface Machine extends AsyncDisposable {
  /** For messages: `this machine`, or the name that ssh was given. */
  readonly name: string;
  /**
   * Runs one program to its end; what it leaves in the background is neither waited for nor heard. An exit code other
   * than 0 is an answer, too: 128 + n after signal n.
   *
   * @throws CommandFailed there is no such program, it took too long, was aborted or printed too much; ConnectionLost
   */
  run(argv: readonly string[], limit: CommandLimit): Promise<CommandOutput>;
  /**
   * Starts a program and hands on its lines as they come. It is ended there when it is stopped, when this process dies,
   * and when the connection does, even where nothing but silence says so.
   *
   * @throws CommandFailed there is no such program, or no session for it; ConnectionLost
   */
  follow(argv: readonly string[], options: FollowOptions): Promise<Following>;
  /**
   * Connects to a stream socket in the machine's file system. The stream ends with the connection and never throws;
   * over ssh what one side ends has ended for the other, too, half a second later.
   *
   * @throws SocketRefused nobody listens there; CommandFailed no answer in time; ConnectionLost
   */
  connect(path: string, limit: Pick<CommandLimit, 'seconds' | 'signal'>): Promise<Duplex>;
  /**
   * Runs a program on a terminal, which hangs up when it is killed or the connection goes.
   *
   * @throws PtyUnavailable; CommandFailed no session for it; ConnectionLost
   */
  terminal(argv: readonly string[], size: { readonly columns: number; readonly rows: number }): Promise<Pty>;
}

/** The machine cannot be reached, or no longer: what was under way there may still go on. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/** There is no such socket on the machine, or nobody listens on it. */
export class SocketRefused extends Error {
  override readonly name = 'SocketRefused';
}
