import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Limit, within } from '../deadline.ts';
import { LeashedProcess } from '../process.ts';
import { ConnectionLost } from './machine.ts';
import { FOLDER, removeStaleFolders, SOCKET } from './stale-folders.ts';

export interface SshOptions {
  /** Read instead of the user's and the system's ssh_config. */
  readonly sshConfig?: string;
  readonly signal?: AbortSignal | undefined;
  /** Seconds to reach the machine and log in. Default 30. */
  readonly seconds?: number;
}

const CONNECT = 30;
/** What ssh's own LocalCommand says once we are let in (ssh_config(5)). */
const CONNECTED = 'code43-connected';
/** Seconds between two questions whether the other side is there, and how many may stay unanswered. */
const ALIVE = { interval: 5, count: 3 } as const;
const BATCH = ['-o', 'BatchMode=yes'];
/** Lines of ssh's that are kept to say why it ended. */
const KEPT = 20;

/**
 * One connection of the system's ssh, with the user's own keys, agent, ssh_config and known_hosts, that any number of
 * sessions go through. Nobody is asked for a password. It cannot outlive this process, and is not made again when it is
 * lost: what was under way then is for whoever asked to look into.
 */
export class SshConnection implements AsyncDisposable {
  readonly destination: string;
  readonly #folder: string;
  readonly #said: string[] = [];
  #client: LeashedProcess | null = null;
  #lost: ConnectionLost | null = null;

  private constructor(destination: string, folder: string) {
    this.destination = destination;
    this.#folder = folder;
  }

  /**
   * @param destination as ssh takes it: `root@pve`, or a name of ssh_config
   * @throws ConnectionLost the machine cannot be reached or does not let us in; the signal's reason
   */
  static async open(destination: string, options: SshOptions = {}): Promise<SshConnection> {
    options.signal?.throwIfAborted();
    await removeStaleFolders(tmpdir());
    const folder = await mkdtemp(join(tmpdir(), `${FOLDER}${process.pid}-`));
    const connection = new SshConnection(destination, folder);
    try {
      await connection.#connect(options);
      return connection;
    } catch (error) {
      await connection[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Why there is no connection any more; null while there is. */
  get lost(): ConnectionLost | null {
    return this.#lost;
  }

  /** The same, for whoever suspects it: ssh may need a moment to notice. */
  async isLost(limit: Limit): Promise<ConnectionLost | null> {
    const exited = this.#client?.exited ?? Promise.resolve(null);
    await within<unknown>(exited, limit, () => new Error('it goes on')).catch(() => undefined);
    return this.#lost;
  }

  /**
   * The command line of an ssh that runs this text in the other side's login shell, through this connection or not at
   * all: where it cannot, ssh would make another connection. It reads no ssh_config, whose options are the connection's.
   *
   * @param terminal whether it gets one; no key is ssh's own there
   */
  through(text: string, { terminal = false } = {}): readonly string[] {
    const own = ['-F', 'none', '-S', this.#socket, ...BATCH, '-o', 'LogLevel=ERROR'];
    const only = ['-o', 'ControlMaster=no', '-o', 'ProxyCommand=false'];
    const kind = terminal ? ['-tt', '-e', 'none'] : ['-T'];
    return ['ssh', ...own, ...only, ...kind, '--', this.destination, text];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client?.stop(2);
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** ssh expands `%` in it (ssh_config(5), TOKENS). */
  get #socket(): string {
    return join(this.#folder, SOCKET).replaceAll('%', '%%');
  }

  async #connect({ sshConfig, signal, seconds = CONNECT }: SshOptions): Promise<void> {
    let connected = (): void => undefined;
    const ready = new Promise<'connected'>((resolve) => {
      connected = () => {
        resolve('connected');
      };
    });
    const child = await LeashedProcess.start(this.#master(sshConfig, seconds), {
      sockets: 0,
      onStderr: (line) => {
        if (line.trim() === CONNECTED) connected();
        else this.#keep(line);
      },
    });
    this.#client = child;
    const exited = child.exited.then(() => {
      this.#lost = this.#why();
      return 'exited' as const;
    });
    const late = (): Error => unreachable(this.destination, `no answer within ${seconds} s`);
    const first = await within(Promise.race([ready, exited]), { seconds, signal }, late);
    if (first === 'exited') throw unreachable(this.destination, this.#said.join('\n'));
  }

  #master(sshConfig: string | undefined, seconds: number): readonly string[] {
    const config = sshConfig === undefined ? [] : ['-F', sshConfig];
    const options = {
      ControlMaster: 'yes',
      ControlPersist: 'no',
      ConnectTimeout: Math.max(1, Math.floor(seconds) - 5),
      PermitLocalCommand: 'yes',
      LocalCommand: `echo ${CONNECTED} >&2`,
      RemoteCommand: 'none',
      LogLevel: 'INFO',
      ServerAliveInterval: ALIVE.interval,
      ServerAliveCountMax: ALIVE.count,
      ClearAllForwardings: 'yes',
      ForwardAgent: 'no',
      ForwardX11: 'no',
    };
    const set = Object.entries(options).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
    return ['ssh', ...config, '-S', this.#socket, ...BATCH, ...set, '-T', '-N', '--', this.destination];
  }

  #keep(line: string): void {
    this.#said.splice(0, this.#said.length - KEPT + 1);
    this.#said.push(line.slice(0, 300));
  }

  #why(): ConnectionLost {
    const said = this.#said.join('\n').trim();
    return new ConnectionLost(
      `the connection to ${this.destination} ended${said === '' ? '' : `: ${said}`}\nWhat was under way there may still go on`,
    );
  }
}

function unreachable(destination: string, said: string): ConnectionLost {
  const why = said.trim() === '' ? 'the connection ended' : said.trim().slice(0, 600);
  return new ConnectionLost(
    `${destination} does not answer over ssh: ${why}\n` +
      `Nobody is asked for a password here: \`ssh -o BatchMode=yes -- ${destination} true\` has to work first`,
  );
}
