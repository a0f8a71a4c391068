import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Reach } from '../../scenario/connection.ts';
import { LocalMachine } from '../../wire/machine/local-machine.ts';
import {
  type CommandLimit,
  ConnectionLost,
  type Following,
  type FollowOptions,
  type Machine,
} from '../../wire/machine/machine.ts';
import { SshMachine } from '../../wire/machine/ssh-machine.ts';
import type { CommandOutput } from '../../wire/shell.ts';
import type { Pty } from '../../wire/pty.ts';

/** Seconds for a word of the node, and between two tries to reach it. */
const ANSWER = 20;
const AGAIN = 1;

/** How a node itself is reached: the API alone runs no program there. */
export type NodeReach = Exclude<Reach, { readonly api: string }>;

/** What is asked needs programs to be run on the node, and the API runs none. */
export class NoShellThere extends Error {
  override readonly name = 'NoShellThere';

  constructor(api: string) {
    super(
      `${api} is only the API: this needs root on the node itself, so \`reach\` has to be here or { ssh: root@… }`,
    );
  }
}

/**
 * Opens the way to a node that its owner's file names.
 *
 * @throws NoShellThere; ConnectionLost
 */
export async function openNode(
  reach: Reach,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<Machine> {
  if (reach === 'here') return new LocalMachine();
  if ('api' in reach) throw new NoShellThere(reach.api);
  return SshMachine.open(reach.ssh, options);
}

/**
 * A node as it can be reached now: where a connection was lost, the next thing that is asked opens another. What was
 * under way over the lost one has failed with it, and is for whoever asked to look into.
 */
export class NodeLink implements Machine {
  readonly name: string;
  readonly #open: () => Promise<Machine>;
  #machine: Promise<Machine> | null = null;
  #closed = false;

  /** @param name for messages, as the machine itself says it */
  constructor(name: string, open: () => Promise<Machine>) {
    this.name = name;
    this.#open = open;
  }

  run(argv: readonly string[], limit: CommandLimit): Promise<CommandOutput> {
    return this.#over((machine) => machine.run(argv, limit));
  }

  follow(argv: readonly string[], options: FollowOptions): Promise<Following> {
    return this.#over((machine) => machine.follow(argv, options));
  }

  connect(path: string, limit: Pick<CommandLimit, 'seconds' | 'signal'>): Promise<Duplex> {
    return this.#over((machine) => machine.connect(path, limit));
  }

  terminal(argv: readonly string[], size: { readonly columns: number; readonly rows: number }): Promise<Pty> {
    return this.#over((machine) => machine.terminal(argv, size));
  }

  /** @throws ConnectionLost it has not answered for so many seconds */
  async untilAnswers(seconds: number): Promise<void> {
    const until = performance.now() + seconds * 1000;
    for (;;) {
      try {
        await this.run(['true'], { seconds: ANSWER });
        return;
      } catch (error) {
        if (!(error instanceof ConnectionLost) || performance.now() >= until) throw error;
      }
      await pause(AGAIN * 1000);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await dispose(this.#machine);
  }

  async #over<T>(work: (machine: Machine) => Promise<T>): Promise<T> {
    if (this.#closed) throw new ConnectionLost(`the connection to ${this.name} was closed`);
    const opened = (this.#machine ??= this.#open());
    try {
      return await work(await opened);
    } catch (error) {
      if (error instanceof ConnectionLost && this.#machine === opened) {
        this.#machine = null;
        await dispose(opened);
      }
      throw error;
    }
  }
}

/** Where it could not be opened there is nothing to close. */
async function dispose(opened: Promise<Machine> | null): Promise<void> {
  const machine = await opened?.catch(() => null);
  await machine?.[Symbol.asyncDispose]();
}
