import { Duplex, PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import { GenericContainer, getContainerRuntimeClient, Wait } from 'testcontainers';
import { within } from '../../wire/deadline.ts';
import { LineSplitter } from '../../wire/lines.ts';
import type { Exit } from '../../wire/process.ts';
import { LabFailed } from '../lab-error.ts';
import type { HeldNode } from '../lab-form.ts';

const STDERR_LINE = 4096;
/** Seconds after the end of its stdin in which a container must be gone. */
const GONE = 30;
/** testcontainers' own helpers are images that would have to be fetched; the leash does their work. */
const WITHOUT_HELPERS = { TESTCONTAINERS_RYUK_DISABLED: 'true', TESTCONTAINERS_HOST_OVERRIDE: '127.0.0.1' };

/** A container that ends with whoever holds its stdin, SIGKILL included, and is removed then. */
export class LeashedContainer extends GenericContainer {
  readonly #onStderr: (line: string) => void;
  #held: HeldNode | null = null;

  constructor(image: string, onStderr: (line: string) => void) {
    super(image);
    this.#onStderr = onStderr;
    Object.assign(process.env, WITHOUT_HELPERS);
    Object.assign(this.createOpts, { OpenStdin: true, StdinOnce: true, AttachStdin: true });
    this.hostConfig.AutoRemove = true;
    // It says itself when it is up.
    this.withWaitStrategy(Wait.forAll([]));
  }

  /** @throws LabFailed, and what the runtime says */
  async hold(): Promise<HeldNode> {
    await this.start();
    if (this.#held === null) throw new LabFailed('it was started without its leash');
    return this.#held;
  }

  /** Before it starts: it is never without its leash, and nothing that it says is missed. */
  protected override async containerCreated(id: string): Promise<void> {
    const { container: containers } = await getContainerRuntimeClient();
    this.#held = await attach(containers.getById(id), this.#onStderr);
  }
}

async function attach(container: Docker.Container, onStderr: (line: string) => void): Promise<HeldNode> {
  const streams = { stdin: true, stdout: true, stderr: true };
  const both = await container.attach({ stream: true, hijack: true, ...streams });
  both.on('error', () => undefined);
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const lines = new LineSplitter(STDERR_LINE, (line) => {
    onStderr(line.toString());
  });
  stderr.on('data', (chunk: Buffer) => {
    lines.push(chunk);
  });
  (container.modem as Docker['modem']).demuxStream(both, stdout, stderr);
  both.on('close', () => {
    lines.end();
    stdout.end();
  });
  const leash = Duplex.from({ readable: stdout, writable: both });
  leash.on('error', () => undefined);
  const exited = removed(container);
  return {
    leash,
    exited,
    async stop() {
      both.end();
      await within(
        exited,
        { seconds: GONE },
        () => new LabFailed(`container ${container.id} goes on without its stdin`),
      );
    },
  };
}

/** With the runtime itself it is gone, too. */
async function removed(container: Docker.Container): Promise<Exit> {
  try {
    const { StatusCode } = (await container.wait({ condition: 'removed' })) as { StatusCode: number };
    return { code: StatusCode, signal: null };
  } catch {
    return { code: null, signal: null };
  }
}
