import type { Duplex } from 'node:stream';
import { CommandFailed } from '../command-failed.ts';
import { openPty, type Pty } from '../pty.ts';
import type { CommandOutput } from '../shell.ts';
import { Followings } from './followings.ts';
import { connectLocally } from './local-socket.ts';
import {
  type CommandLimit,
  ConnectionLost,
  type Following,
  type FollowOptions,
  type Machine,
} from './machine.ts';
import { startSession } from './session.ts';
import { followSupervised } from './supervised-follow.ts';
import { runSupervised } from './supervised-run.ts';
import { shortWords } from './supervisor.ts';
import type { Way } from './way.ts';

/** The machine that this runs on. Programs are supervised as on any other, so that they end as they do there. */
export class LocalMachine implements Machine {
  readonly name = 'this machine';
  readonly #followings = new Followings();
  readonly #way: Way = {
    name: this.name,
    start: (words, { signal }) => {
      signal?.throwIfAborted();
      return startSession(words);
    },
    whySilent: (argv, { begun, noise }) =>
      Promise.resolve(
        begun
          ? new ConnectionLost(`${shortWords(argv)}: its supervisor was killed; the program may still go on`)
          : new CommandFailed({ argv, what: 'could not be started here', stderr: noise }),
      ),
  };

  run(argv: readonly string[], limit: CommandLimit): Promise<CommandOutput> {
    return runSupervised(this.#way, argv, limit);
  }

  async follow(argv: readonly string[], options: FollowOptions): Promise<Following> {
    return this.#followings.add(await followSupervised(this.#way, argv, options));
  }

  connect(path: string, limit: Pick<CommandLimit, 'seconds' | 'signal'>): Promise<Duplex> {
    return connectLocally(path, limit);
  }

  terminal(argv: readonly string[], size: { readonly columns: number; readonly rows: number }): Promise<Pty> {
    return new Promise((resolve) => {
      resolve(openPty(argv, size));
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#followings[Symbol.asyncDispose]();
  }
}
