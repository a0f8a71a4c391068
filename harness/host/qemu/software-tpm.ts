import { once } from 'node:events';
import { closeSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import type { Observation } from '../../trace/event.ts';
import { within } from '../../wire/deadline.ts';
import { LeashedProcess } from '../../wire/process.ts';
import { openNameless, pathOf } from './private-files.ts';

const PROGRAM = 'swtpm';
/** Seconds for it to answer its first question, to end by itself once its VM has, and to end once asked to. */
const READY = 10;
const PATIENCE = 0.5;
const GRACE = 2;
/** The first command of its control channel, CMD_GET_CAPABILITY (swtpm's swtpm_ioctls(3)): 4 bytes, 12 come back. */
const GET_CAPABILITY = Buffer.from([0, 0, 0, 1]);

/** swtpm could not be started; the message says what it said. */
export class TpmFailed extends Error {
  override readonly name = 'TpmFailed';
}

/** The TPM of one VM for one run: what it keeps outlives the processes that serve it, and ends with this one. */
export class SoftwareTpm implements AsyncDisposable {
  readonly #version: 'v1.2' | 'v2.0';
  readonly #state = openNameless();
  #running: LeashedProcess | null = null;
  /** Resolves when its exit is recorded. */
  #recorded: Promise<void> = Promise.resolve();

  constructor(version: 'v1.2' | 'v2.0') {
    this.#version = version;
  }

  /**
   * Starts one that is ready for one QEMU, which gets the socket; the one before has ended by then. All it says is
   * recorded.
   *
   * @throws {TpmFailed} it ended, or said nothing within 10 s
   */
  async start(record: (seen: Observation) => void, signal?: AbortSignal): Promise<Duplex> {
    await this.#stop();
    const words: string[] = [];
    const argv = [
      ...[PROGRAM, 'socket', '--terminate', ...(this.#version === 'v2.0' ? ['--tpm2'] : [])],
      ...['--tpmstate', `backend-uri=file://${pathOf(this.#state)}`, '--ctrl', 'type=unixio,clientfd=3'],
    ];
    const onStderr = (line: string): void => {
      words.push(line);
      record({ ch: 'exec', kind: 'stderr', program: PROGRAM, line });
    };
    const leashed = await LeashedProcess.start(argv, { sockets: 1, onStderr });
    this.#running = leashed;
    const { pid, sockets, exited } = leashed;
    record({ ch: 'exec', kind: 'spawn', program: PROGRAM, pid, argv: argv.slice(1) });
    this.#recorded = exited.then(({ code, signal: by }) => {
      record({ ch: 'exec', kind: 'exit', program: PROGRAM, pid, code, signal: by });
    });
    const [socket] = sockets;
    if (!socket) throw new TpmFailed(`${PROGRAM} was started without its socket`);
    const answer = once(socket, 'data').then(
      () => true,
      () => exited.then(() => false),
    );
    const answered = Promise.race([answer, exited.then(() => false)]);
    socket.write(GET_CAPABILITY);
    try {
      const ready = await within(
        answered,
        { seconds: READY, signal },
        () => new TpmFailed(`${PROGRAM} is silent`),
      );
      if (ready) return socket.pause();
      throw new TpmFailed(`${PROGRAM} has ended: ${words.at(-1) ?? 'it said nothing'}`);
    } catch (error) {
      await this.#stop();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop();
    closeSync(this.#state);
  }

  /** It ends by itself with the QEMU that it served, but not with one that ended before it asked for anything. */
  async #stop(): Promise<void> {
    await this.#running?.stop(GRACE, PATIENCE);
    await this.#recorded;
    this.#running = null;
  }
}
