import type { Observation } from '../../../trace/event.ts';
import type { Following, Machine } from '../../../wire/machine/machine.ts';
import { cursorOf, followKernelLog, KernelLogClosed, readKernelLog } from './kernel-log.ts';

/**
 * The kernel's log of a node, followed into the trace, boot after boot of it. A node that keeps its log to itself, as a
 * container may be, is watched without it, and the trace says so.
 */
export class KernelWatch {
  readonly #node: Machine;
  readonly #record: (seen: Observation) => void;
  #following: Following | null = null;

  constructor(node: Machine, record: (seen: Observation) => void) {
    this.#node = node;
    this.#record = record;
  }

  /**
   * Follows the log of the node's present boot from now on.
   *
   * @returns the log until now; empty where nobody may read it
   * @throws what `Machine.run` and `Machine.follow` throw
   */
  async begin(): Promise<string> {
    await this.stop();
    try {
      const log = await readKernelLog(this.#node);
      this.#following = await followKernelLog(this.#node, cursorOf(log), this.#record);
      return log;
    } catch (error) {
      if (!(error instanceof KernelLogClosed)) throw error;
      this.#record({ ch: 'note', kind: 'info', text: `the kernel's log is not watched: ${error.message}` });
      return '';
    }
  }

  /** Ends the follower, if it has not gone with its connection. */
  async stop(): Promise<void> {
    const following = this.#following;
    this.#following = null;
    await following?.[Symbol.asyncDispose]();
  }
}
