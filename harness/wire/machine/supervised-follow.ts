import { CommandFailed } from '../command-failed.ts';
import { within } from '../deadline.ts';
import { LineSplitter } from '../lines.ts';
import type { Exit } from '../process.ts';
import { ConnectionLost, type Following, type FollowOptions } from './machine.ts';
import type { Session } from './session.ts';
import { Supervision } from './supervision.ts';
import { type LastWord, newMark, shortWords, supervised } from './supervisor.ts';
import type { Way } from './way.ts';

/** Seconds for a program to start, its turn included. */
const START = 30;
/** Seconds between signs of life, and after how many without one a supervisor ends its program. */
const BEAT = 15;
const SILENCE = 60;
/** Bytes of a line, heard or told. */
const LINE = 65_536;

/** As `Machine.follow`, on a machine where supervisors can be started. */
export async function followSupervised(
  way: Way,
  argv: readonly string[],
  options: FollowOptions,
): Promise<Following> {
  if (argv.length === 0 || argv.some((arg) => arg.includes('\0')))
    throw new CommandFailed({ argv, what: 'not a command: it is empty or holds a NUL byte' });
  const { signal } = options;
  signal?.throwIfAborted();
  const mark = newMark();
  const limit = { seconds: START, signal };
  const how = { mark, whenLost: 'end', seconds: SILENCE, input: 'lines' } as const;
  const session = await way.start(supervised(argv, how), limit);
  const following = new SupervisedFollowing(way, argv, session, mark, options);
  const late = (): Error =>
    new CommandFailed({ argv, what: `did not start on ${way.name} within ${START} s`, timedOut: true });
  try {
    await within(Promise.race([following.began, following.ended]), limit, late);
  } catch (error) {
    await following[Symbol.asyncDispose]();
    throw error;
  }
  return following;
}

class SupervisedFollowing implements Following {
  readonly began: Promise<void>;
  readonly ended: Promise<Exit>;
  readonly #session: Session;
  readonly #supervision: Supervision;

  constructor(way: Way, argv: readonly string[], session: Session, mark: string, options: FollowOptions) {
    const { onLine, onStderr, signal } = options;
    const stdout = new LineSplitter(LINE, (line) => { onLine(line.toString()); }); // prettier-ignore
    const stderr = new LineSplitter(LINE, (line) => { onStderr?.(line.toString()); }); // prettier-ignore
    this.#session = session;
    this.#supervision = new Supervision(session, mark, {
      stdout: (bytes) => { stdout.push(bytes); }, // prettier-ignore
      stderr: (bytes) => { stderr.push(bytes); }, // prettier-ignore
    });
    this.began = this.#supervision.began;
    const beat = setInterval(() => { session.tell('\n'); }, BEAT * 1000); // prettier-ignore
    const stop = (): void => {
      this.#supervision.end();
    };
    signal?.addEventListener('abort', stop, { once: true });
    this.ended = this.#supervision.ended.then(async (last) => {
      clearInterval(beat);
      signal?.removeEventListener('abort', stop);
      stdout.end();
      stderr.end();
      if (last === null) throw await way.whySilent(argv, this.#supervision.silent);
      return exitOf(way, argv, last);
    });
    this.ended.catch(() => undefined);
  }

  write(line: string): void {
    if (/[\n\0]/.test(line) || Buffer.byteLength(line) >= LINE)
      throw new RangeError(`not a line: it holds a line break or a NUL, or has ${LINE} bytes or more`);
    this.#session.tell(`>${line}\n`);
  }

  async stop(): Promise<void> {
    this.#supervision.end();
    try {
      await this.ended;
    } catch (error) {
      // However it ended, it has.
      if (error instanceof ConnectionLost) throw error;
    }
  }

  /** Nothing is left to do where nobody can know any more. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop().catch(() => undefined);
  }
}

/** @throws ConnectionLost it was ended for want of us; CommandFailed it never began, or was ended for not listening */
function exitOf({ name }: Way, argv: readonly string[], { code, how }: LastWord): Exit {
  if (how === 'missing') throw new CommandFailed({ argv, what: `there is no such program on ${name}`, code });
  if (how === 'deaf')
    throw new CommandFailed({
      argv,
      what: `did not read what it was told for ${SILENCE} s and was ended`,
      code,
    });
  if (how === 'silent' || how === 'lost')
    throw new ConnectionLost(`${shortWords(argv)}: ${name} heard nothing from here and ended it`);
  return { code, signal: null };
}
