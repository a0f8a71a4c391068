import type { Duplex } from 'node:stream';
import { CommandFailed } from '../command-failed.ts';
import type { Limit } from '../deadline.ts';
import { openPty, type Pty } from '../pty.ts';
import type { CommandOutput } from '../shell.ts';
import { Followings } from './followings.ts';
import {
  type CommandLimit,
  ConnectionLost,
  type Following,
  type FollowOptions,
  type Machine,
} from './machine.ts';
import { type Session, startSession } from './session.ts';
import { SESSIONS, SessionSlots } from './session-slots.ts';
import { shellWords } from './shell-words.ts';
import { checkSocketPath } from './socket-path.ts';
import { socatStream, socatText } from './socat-stream.ts';
import { SshConnection, type SshOptions } from './ssh-connection.ts';
import { followSupervised } from './supervised-follow.ts';
import { runSupervised } from './supervised-run.ts';
import { shortWords } from './supervisor.ts';
import type { Silent, Way } from './way.ts';

/** Seconds in which ssh notices that its connection has ended, where one of its sessions has. */
const NOTICE = 2;
/** Seconds to wait for a turn to have a terminal. */
const TURN = 30;
/** What a mux client says where sshd has MaxSessions already (mux.c, mux_client_request_session). */
const TOO_MANY = 'Session open refused by peer';

/** A machine behind one connection of ssh. Its login shell must be a POSIX one; bash must be there. */
export class SshMachine implements Machine {
  readonly name: string;
  readonly #connection: SshConnection;
  readonly #slots = new SessionSlots();
  readonly #followings = new Followings();
  readonly #way: Way;

  private constructor(connection: SshConnection) {
    this.#connection = connection;
    this.name = connection.destination;
    this.#way = {
      name: this.name,
      start: (words, limit) => this.#start(words, limit),
      whySilent: (argv, session) => this.#whySilent(argv, session),
    };
  }

  /**
   * Connects, once: a connection that is lost stays lost, and opening another is for whoever knows what was under way.
   *
   * @param destination as ssh takes it: `root@pve`, or a name of ssh_config, where a port and the like belong
   * @throws ConnectionLost the machine cannot be reached or does not let us in; the signal's reason
   */
  static async open(destination: string, options: SshOptions = {}): Promise<SshMachine> {
    return new SshMachine(await SshConnection.open(destination, options));
  }

  run(argv: readonly string[], limit: CommandLimit): Promise<CommandOutput> {
    return runSupervised(this.#way, argv, limit);
  }

  async follow(argv: readonly string[], options: FollowOptions): Promise<Following> {
    return this.#followings.add(await followSupervised(this.#way, argv, options));
  }

  async connect(path: string, limit: Pick<CommandLimit, 'seconds' | 'signal'>): Promise<Duplex> {
    checkSocketPath(path, this.name);
    const until = performance.now() + limit.seconds * 1000;
    const release = await this.#turn(limit);
    try {
      const argv = this.#connection.through(socatText(path));
      const rest = { ...limit, seconds: Math.max(0, until - performance.now()) / 1000 };
      const { stream, ended } = await socatStream(argv, `${path} on ${this.name}`, rest);
      ended.then(release, release);
      return stream;
    } catch (error) {
      release();
      const why = error instanceof CommandFailed ? await this.#isLost(['connect', path]) : null;
      throw why ?? error;
    }
  }

  async terminal(
    argv: readonly string[],
    size: { readonly columns: number; readonly rows: number },
  ): Promise<Pty> {
    const release = await this.#turn({ seconds: TURN });
    try {
      const pty = openPty(this.#connection.through(onTerminal(argv), { terminal: true }), size);
      pty.exited.then(release, release);
      return pty;
    } catch (error) {
      release();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#followings[Symbol.asyncDispose]();
    await this.#connection[Symbol.asyncDispose]();
  }

  async #start(words: readonly string[], limit: Limit): Promise<Session> {
    const release = await this.#turn(limit);
    try {
      const session = await startSession(this.#connection.through(`exec ${shellWords(words)}`));
      session.closed.then(release, release);
      return session;
    } catch (error) {
      release();
      throw error;
    }
  }

  async #turn(limit: Limit): Promise<() => void> {
    const release = await this.#slots.take(limit, () => {
      const what = `waited ${limit.seconds} s for one of the ${SESSIONS} sessions of a connection`;
      return new CommandFailed({ argv: ['ssh', this.name], what, timedOut: true });
    });
    const { lost } = this.#connection;
    if (lost === null) return release;
    release();
    throw new ConnectionLost(lost.message, { cause: lost });
  }

  async #whySilent(argv: readonly string[], { begun, noise }: Silent): Promise<Error> {
    const lost = await this.#isLost(argv);
    if (lost !== null) return lost;
    if (begun)
      return new ConnectionLost(
        `${shortWords(argv)}: its supervisor on ${this.name} was killed\nThe program may still go on there`,
      );
    const what = noise.includes(TOO_MANY)
      ? `${this.name} allows no further session: its sshd_config has a MaxSessions below ${SESSIONS}`
      : `could not be started on ${this.name}, where bash, setsid and a POSIX login shell have to be`;
    return new CommandFailed({ argv, what, stderr: noise });
  }

  /** Why there is no connection any more, with what was asked; null while there is one. */
  async #isLost(argv: readonly string[]): Promise<ConnectionLost | null> {
    const lost = await this.#connection.isLost({ seconds: NOTICE });
    return lost && new ConnectionLost(`${shortWords(argv)}: ${lost.message}`, { cause: lost });
  }
}

function onTerminal(argv: readonly string[]): string {
  return `exec ${shellWords(['bash', '--norc', '-c', 'exec -- "$@"', 'code43', ...argv])}`;
}
