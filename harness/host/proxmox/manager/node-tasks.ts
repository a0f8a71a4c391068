import { ConnectionLost } from '../../../wire/machine/machine.ts';
import { PveRefused } from '../refused.ts';
import { PveLate } from './late.ts';
import type { OnRetry } from './lock-retries.ts';
import { type ListedTask, readTaskList, readTaskLog, readTaskState, taskEnd } from './task-answers.ts';
import { TimeLeft } from './time-left.ts';
import type { TaskEnd } from '../vm-manager.ts';

/**
 * Asks the node for what stands below `/nodes/<node>/tasks`.
 *
 * @param path its further parts, not encoded
 * @throws PveRefused; PveUnreadable; ConnectionLost; PveLate
 */
export type AskTasks = (
  path: readonly string[],
  params: Readonly<Record<string, string>>,
  left: TimeLeft,
) => Promise<unknown>;

/** Seconds between two looks at a task: first, longest. */
const POLL = 0.1;
const LONGEST_POLL = 2;
/** Lines of one page of a log, and pages that are read. */
const PAGE = 500;
const PAGES = 40;
/** Seconds for the log of a task that ended when the deadline came. */
const LAST_LOOK = 5;
/** Seconds that one look may take. */
const LONGEST_LOOK = 30;
/** Seconds that a program may take from its start until its task stands in the list, and that clocks may be apart. */
const SLOW_START = 5;
const SLACK = 2;

/** Tasks of one node: by their list one finds what a lost connection left behind. */
export class NodeTasks {
  readonly #ask: AskTasks;
  readonly #onRetry: OnRetry | undefined;

  constructor(ask: AskTasks, onRetry: OnRetry | undefined) {
    this.#ask = ask;
    this.#onRetry = onRetry;
  }

  /**
   * Waits until a task has ended. A connection that breaks meanwhile is tried again: the task goes on without it.
   *
   * @throws PveLate it has not ended in time; ConnectionLost; PveRefused; PveUnreadable
   */
  async follow(asked: string, upid: string, left: TimeLeft): Promise<TaskEnd> {
    let exitstatus = readTaskState(asked, await this.#patiently(asked, [upid, 'status'], {}, left));
    for (let pause = POLL; exitstatus === null; pause = Math.min(pause * 1.5, LONGEST_POLL)) {
      if (left.seconds <= 0) throw new PveLate(asked, left.given, upid);
      await left.pause(pause);
      exitstatus = readTaskState(asked, await this.#patiently(asked, [upid, 'status'], {}, left));
    }
    const forLog = new TimeLeft({ seconds: Math.max(left.seconds, LAST_LOOK), signal: left.signal });
    return taskEnd(exitstatus, await this.#log(asked, upid, forLog));
  }

  /**
   * Finds the task that a call began whose answer never came, and waits until it has ended.
   *
   * @param cause what ended the call; thrown where no such task is found
   * @param wanted the task's type, the VM it is of, and how many seconds ago the call was made
   * @param nodeTime seconds since the epoch by the node's clock
   */
  async followLost(
    asked: string,
    cause: ConnectionLost,
    wanted: { readonly type: string; readonly id: string; readonly ago: () => number },
    nodeTime: (left: TimeLeft) => Promise<number>,
    left: TimeLeft,
  ): Promise<TaskEnd> {
    for (let tries = 1, lookedFirst: number | null = null; left.seconds > 0; tries++) {
      try {
        const now = await nodeTime(left);
        // Looked at after the way there and back, it is rather too long ago than not long enough.
        const since = Math.floor(now - wanted.ago() - SLACK);
        const found = await this.#begun(asked, { ...wanted, since }, left);
        if (found.length > 1)
          throw new ConnectionLost(
            `${cause.message}; which of ${found.length} tasks is its own nobody can tell`,
            { cause },
          );
        if (found[0] !== undefined) return await this.follow(asked, found[0].upid, left);
        lookedFirst ??= left.seconds;
        if (lookedFirst - left.seconds > SLOW_START)
          throw new ConnectionLost(`${cause.message}; the node has no task of it`, { cause });
      } catch (error) {
        if (!(error instanceof ConnectionLost) || error.cause === cause) throw error;
        this.#onRetry?.({ asked, words: error.message, tries, secondsLeft: left.seconds });
      }
      await left.pause(1);
    }
    throw cause;
  }

  /**
   * The tasks that are at work now. The node's own list is up to ten seconds old, and names those that were killed
   * meanwhile (pve-manager 9.2, PVE/API2/Tasks.pm), so each is asked for: one that cannot be told of counts.
   */
  async active(asked: string, left: TimeLeft): Promise<readonly ListedTask[]> {
    const listed = readTaskList(asked, await this.#ask([], { source: 'active', limit: '500' }, left));
    const running: ListedTask[] = [];
    for (const task of listed) if (await this.#isRunning(asked, task, left)) running.push(task);
    return running;
  }

  async #isRunning(asked: string, { upid }: ListedTask, left: TimeLeft): Promise<boolean> {
    try {
      return readTaskState(asked, await this.#ask([upid, 'status'], {}, left)) === null;
    } catch (error) {
      if (error instanceof PveRefused) return true;
      throw error;
    }
  }

  async #begun(
    asked: string,
    { type, id, since }: { readonly type: string; readonly id: string; readonly since: number },
    left: TimeLeft,
  ): Promise<readonly ListedTask[]> {
    const params = { source: 'all', vmid: id, typefilter: type, since: String(since) };
    const tasks = readTaskList(asked, await this.#ask([], params, left));
    return tasks.filter((task) => task.type === type && task.id === id && task.began >= since);
  }

  /** Asks until there is an answer: a look that is lost, or takes too long, says nothing of the task. */
  async #patiently(
    asked: string,
    path: readonly string[],
    params: Readonly<Record<string, string>>,
    left: TimeLeft,
  ): Promise<unknown> {
    for (let tries = 1, pause = POLL; ; tries++, pause = Math.min(pause * 2, LONGEST_POLL)) {
      const seconds = Math.min(Math.max(left.seconds, LAST_LOOK), LONGEST_LOOK);
      try {
        return await this.#ask(path, params, new TimeLeft({ seconds, signal: left.signal }));
      } catch (error) {
        const lost = error instanceof ConnectionLost || error instanceof PveLate;
        if (error instanceof PveLate && left.seconds <= pause)
          throw new PveLate(asked, left.given, path[0] ?? null, { cause: error });
        if (!lost || left.seconds <= pause) throw error;
        this.#onRetry?.({ asked, words: error.message, tries, secondsLeft: left.seconds });
        await left.pause(pause);
      }
    }
  }

  /** The log, page by page. How the task ended is known: a log that cannot be had does not take that away. */
  async #log(asked: string, upid: string, left: TimeLeft): Promise<readonly string[]> {
    const lines: string[] = [];
    try {
      for (let page = 0; page < PAGES; page++) {
        const params = { start: String(page * PAGE), limit: String(PAGE) };
        const more = readTaskLog(asked, await this.#patiently(asked, [upid, 'log'], params, left));
        lines.push(...more);
        if (more.length < PAGE) break;
      }
    } catch (error) {
      if (!(error instanceof ConnectionLost || error instanceof PveLate)) throw error;
      lines.push(`(code43: the rest of this log could not be had: ${error.message})`);
    }
    return lines;
  }
}
