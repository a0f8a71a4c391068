import { CommandFailed } from '../../../wire/command-failed.ts';
import type { Machine } from '../../../wire/machine/machine.ts';
import type { CommandOutput } from '../../../wire/shell.ts';
import { readJson } from '../manager/answers.ts';
import { PveLate } from '../manager/late.ts';
import { failedTask, refusal } from '../manager/no-task.ts';
import { refusalReason } from '../refusal-reasons.ts';
import { taskEnd } from '../manager/task-answers.ts';
import type { TimeLeft } from '../manager/time-left.ts';
import { PveUnreadable } from '../manager/unreadable.ts';
import type { TaskEnd } from '../vm-manager.ts';
import { meaningfulLines } from './meaningful-lines.ts';

/** Seconds until a node that is not ready is asked again. */
const AGAIN = 1;

/** Runs `qm` and `pvesh` on a node, and knows an answer from a no. */
export class NodeCommands {
  readonly #machine: Machine;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** For messages: `qm start 110 on root@pve`. What stands behind that may be long. */
  asked(argv: readonly string[]): string {
    return `${argv.slice(0, 3).join(' ')} on ${this.#machine.name}`;
  }

  /** @returns what it printed. @throws PveRefused; PveDenied; PveLate; PveUnreadable; ConnectionLost */
  async text(argv: readonly string[], left: TimeLeft): Promise<string> {
    const ended = await this.#run(argv, left);
    if (ended.code !== 0) throw refusal(this.asked(argv), failureWords(ended).join('\n'));
    return ended.stdout;
  }

  /** @returns what `pvesh get` says of a path. @throws as `text` */
  async get(path: string, params: Readonly<Record<string, string>>, left: TimeLeft): Promise<unknown> {
    const options = Object.entries(params).flatMap(([key, value]) => [`--${key}`, value]);
    const argv = ['pvesh', 'get', path, ...options, '--output-format', 'json'];
    return readJson(this.asked(argv), await this.text(argv, left));
  }

  /**
   * Runs a verb that is a task to its end: its log is what it prints on stdout, its error is on stderr.
   *
   * @throws PveRefused, PveDenied there never was a task; PveLate; PveUnreadable; ConnectionLost
   */
  async task(argv: readonly string[], left: TimeLeft): Promise<TaskEnd> {
    const ended = await this.#run(argv, left);
    const { stdout, stderr } = ended;
    const said = stdout.split('\n').filter((line) => line.trim() !== '');
    const beside = meaningfulLines(stderr);
    if (ended.code === 0) {
      // Source: pve-common 9.2.1, PVE/RESTEnvironment.pm; no transcript has it.
      const warnings = /^Task finished with (\d{1,6}) warning\(s\)!$/m.exec(stderr)?.[1];
      const exitstatus = warnings === undefined ? 'OK' : `WARNINGS: ${warnings}`;
      return taskEnd(exitstatus, [...said, ...beside, `TASK ${exitstatus}`]);
    }
    const words = failureWords(ended);
    const last = words.at(-1) ?? '';
    const whole = words.join('\n');
    // A task's error is one line, and the last; what is wrong with the asking takes several.
    const error = refusalReason(last) === null && refusalReason(whole) !== null ? whole : last;
    return failedTask(this.asked(argv), error, [...said, ...beside.filter((line) => line !== last)]);
  }

  /** A node that has just been started refuses everything for some seconds, before anything is done: it is waited for. */
  async #run(argv: readonly string[], left: TimeLeft): Promise<CommandOutput> {
    for (;;) {
      const ended = await this.#once(argv, left);
      const isReady = ended.code === 0 || refusalReason(ended.stderr) !== 'not-ready';
      if (isReady || left.seconds <= AGAIN) return ended;
      await left.pause(AGAIN);
    }
  }

  async #once(argv: readonly string[], left: TimeLeft): Promise<CommandOutput> {
    try {
      return await this.#machine.run(argv, left.limit);
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      left.signal?.throwIfAborted();
      if (error.timedOut) throw new PveLate(this.asked(argv), left.given, null, { cause: error });
      throw new PveUnreadable(this.asked(argv), error.message, '', { cause: error });
    }
  }
}

/**
 * Lines that say why a program failed, the error last. The exit code says no more than that it did: it is a leftover of
 * some earlier system call.
 */
function failureWords({ stdout, stderr, code }: CommandOutput): readonly string[] {
  const words = meaningfulLines(stderr);
  if (words.length > 0) return words;
  const printed = meaningfulLines(stdout).at(-1);
  return [printed ?? `it ended with exit code ${code} and no word`];
}
