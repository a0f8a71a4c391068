import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { within } from '../wire/deadline.ts';
import { LeashedProcess } from '../wire/process.ts';
import { CommandFailed, run } from '../wire/shell.ts';
import { ConnectionLost, type HostAccess, NotGathered } from './access.ts';
import { boundedAnswer, boundedCommand } from './bounded-command.ts';
import { commandAccess, PATIENCE } from './command-access.ts';
import { shellWords } from './shell-words.ts';
import { FOLDER, removeStaleFolders } from './stale-folders.ts';

/** Seconds to reach a host and log in. */
const CONNECT = 30;
/** What ssh's own LocalCommand says once the host has let us in (ssh_config(5)). */
const CONNECTED = 'code43-connected';

/** What ssh says where the connection ended under a command (mux.c, clientloop.c, packet.c). */
const GONE =
  /^(?:mux_client_|Control socket |Shared connection to |Connection to .* closed|client_loop: |Connection (?:closed|reset) by )/m;

export interface SshAccess extends HostAccess, AsyncDisposable {}

/**
 * Looks at another host over one connection of the system's ssh, with the user's own keys, agent and ssh_config.
 * Nobody is asked for a password. The connection cannot outlive this process; disposing ends it.
 *
 * @param destination as ssh takes it: `root@pve`, or a name of ssh_config
 * @throws ConnectionLost the host cannot be reached or does not let us in
 */
export async function sshAccess(destination: string, signal?: AbortSignal): Promise<SshAccess> {
  signal?.throwIfAborted();
  await removeStaleFolders(tmpdir());
  const folder = await mkdtemp(join(tmpdir(), `${FOLDER}${process.pid}-`));
  const socket = join(folder, 'connection');
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const connection = await connect(destination, socket, signal);
    const access = commandAccess(destination, (argv, limit) => over(argv, limit));
    const over: HostAccess['run'] = async (argv, limit) =>
      boundedAnswer(argv, limit, await command(boundedCommand(argv, limit), limit));
    const command = async (words: readonly string[], { seconds, bytes }: Parameters<typeof over>[1]) => {
      const ssh = ['ssh', ...options(socket), '-o', 'ControlMaster=no', '--', destination, shellWords(words)];
      try {
        const printed = await run(ssh, {
          timeout: seconds + PATIENCE,
          allowFailure: true,
          maxOutput: bytes + 65_536,
          ...(signal === undefined ? {} : { signal }),
        });
        // ssh's own failures are 255; none of the programs asked here ends so without a word on its behalf.
        if (printed.code === 255 && (connection.ended() || GONE.test(printed.stderr)))
          throw lost(destination, printed.stderr);
        return printed;
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof CommandFailed) {
          if (connection.ended()) throw lost(destination, error.stderr);
          throw new NotGathered(`no answer within ${seconds + PATIENCE} s`, { cause: error });
        }
        throw error;
      }
    };
    return {
      ...access,
      async [Symbol.asyncDispose]() {
        await connection.end();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

function options(socket: string): readonly string[] {
  return ['-S', socket, '-o', 'BatchMode=yes', '-T', '-o', 'ForwardAgent=no', '-o', 'ForwardX11=no'];
}

interface Connection {
  ended(): boolean;
  end(): Promise<void>;
}

async function connect(
  destination: string,
  socket: string,
  signal: AbortSignal | undefined,
): Promise<Connection> {
  const said: string[] = [];
  let connected = (): void => undefined;
  const ready = new Promise<'connected'>((resolve) => {
    connected = () => {
      resolve('connected');
    };
  });
  const own = ['-o', 'ControlMaster=yes', '-o', 'ControlPersist=no', '-o', `ConnectTimeout=${CONNECT - 5}`];
  const tell = ['-o', 'PermitLocalCommand=yes', '-o', `LocalCommand=echo ${CONNECTED} >&2`];
  const alive = [
    '-o',
    'ServerAliveInterval=5',
    '-o',
    'ServerAliveCountMax=3',
    '-o',
    'ClearAllForwardings=yes',
  ];
  const argv = ['ssh', ...options(socket), ...own, ...tell, ...alive, '-N', '--', destination];
  const child = await LeashedProcess.start(argv, {
    sockets: 0,
    onStderr: (line) => {
      if (line.trim() === CONNECTED) connected();
      else said.push(line);
    },
  });
  let isEnded = false;
  const exited = child.exited.then(() => {
    isEnded = true;
    return 'exited' as const;
  });
  const end = async (): Promise<void> => {
    await child.stop(2);
  };
  try {
    const limit = { seconds: CONNECT, signal };
    const late = (): Error => lost(destination, `no answer within ${CONNECT} s`);
    const first = await within(Promise.race([ready, exited]), limit, late);
    if (first === 'exited') throw lost(destination, said.join('\n'));
  } catch (error) {
    await end();
    throw error;
  }
  return { ended: () => isEnded, end };
}

function lost(destination: string, said: string): ConnectionLost {
  const why = said.trim() === '' ? 'the connection ended' : said.trim().slice(0, 600);
  return new ConnectionLost(
    `${destination} does not answer over ssh: ${why}\n` +
      `Nobody is asked for a password here: \`ssh -o BatchMode=yes -- ${destination} true\` has to work first`,
  );
}
