import { within } from '../deadline.ts';
import { MarkedStream } from './marked-stream.ts';
import type { Session } from './session.ts';
import { type LastWord, readLastWord } from './supervisor.ts';
import type { Silent } from './way.ts';

/** Seconds in which a supervisor that was told to end its program says that it has: up to four go by in ending it. */
const END = 8;
/** Seconds that a session may go on after its last word: what a program left behind may hold it for ever. */
const CLOSE = 1;

export interface Sinks {
  readonly stdout: (bytes: Buffer) => void;
  readonly stderr: (bytes: Buffer) => void;
}

/** The near end of one supervisor: its program's output, and its own words. */
export class Supervision {
  /** Resolves when the program is about to begin. */
  readonly began: Promise<void>;
  /**
   * Resolves with the supervisor's last word when all that the program wrote has been handed on; with null when the
   * session has ended without it. Never rejects.
   */
  readonly ended: Promise<LastWord | null>;
  readonly #session: Session;
  readonly #stderr: MarkedStream;
  #begun = false;
  #settled = false;
  #patience: NodeJS.Timeout | undefined;

  constructor(session: Session, mark: string, sinks: Sinks) {
    this.#session = session;
    let begin = (): void => undefined;
    this.began = new Promise((resolve) => {
      begin = () => {
        this.#begun = true;
        resolve();
      };
    });
    let onStdout = (): void => undefined;
    const stdoutEnded = new Promise<void>((resolve) => {
      onStdout = resolve;
    });
    let onStderr: (words: string) => void = () => undefined;
    const stderrEnded = new Promise<string>((resolve) => {
      onStderr = resolve;
    });
    const stdout = new MarkedStream(mark, { onBytes: sinks.stdout, onEnd: onStdout });
    this.#stderr = new MarkedStream(mark, { onBegin: begin, onBytes: sinks.stderr, onEnd: onStderr });
    session.stdout.on('data', (chunk: Buffer) => {
      stdout.push(chunk);
    });
    session.stderr.on('data', (chunk: Buffer) => {
      this.#stderr.push(chunk);
    });
    const whole = Promise.all([stderrEnded, stdoutEnded]).then(([words]) => readLastWord(words));
    this.ended = Promise.race([whole, session.closed.then(() => null)]).then((last) => this.#settle(last));
  }

  /** For where there is no last word. */
  get silent(): Silent {
    return { begun: this.#begun, noise: this.#stderr.noise };
  }

  /** Has the program ended, by force if need be; where its supervisor does not answer the session is let go. */
  end(): void {
    if (this.#settled) return;
    this.#session.tell('end\n');
    this.#patience ??= setTimeout(() => { this.#session.kill(); }, END * 1000); // prettier-ignore
  }

  async #settle(last: LastWord | null): Promise<LastWord | null> {
    this.#settled = true;
    clearTimeout(this.#patience);
    await within(this.#session.closed, { seconds: CLOSE }, () => new Error('it is held')).catch(() => {
      this.#session.kill();
    });
    return last;
  }
}
