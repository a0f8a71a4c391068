import { once } from 'node:events';
import { createServer, Socket } from 'node:net';

/** The connection by which whoever made the node holds it: the node ends with it. */
export interface Leash {
  /** Says one line to them. */
  say(line: string): void;
  /** Resolves when they have let go. */
  readonly ended: Promise<unknown>;
}

/** The socket that it was given as file descriptor 3. */
const GIVEN = 3;
/** Seconds in which somebody must take hold of a node that waits for them. */
const TAKEN = 120;

/**
 * `--leashed`: the connection is file descriptor 3; `--held-on <port>`: it is the first one to that TCP port. What is to
 * be said goes to stdout in the second case, for it is said before anybody is there.
 */
export function openLeash(argv: readonly string[], out: (text: string) => void): Leash {
  const port = Number(argv[argv.indexOf('--held-on') + 1]);
  if (argv.includes('--held-on'))
    return {
      say: (line) => {
        out(`${line}\n`);
      },
      ended: held(port),
    };
  if (!argv.includes('--leashed')) throw new Error('nobody holds this node: --leashed or --held-on <port>');
  const socket = new Socket({ fd: GIVEN });
  socket.on('error', () => undefined);
  socket.resume();
  return { say: (line) => socket.write(`${line}\n`), ended: once(socket, 'close') };
}

async function held(port: number): Promise<void> {
  const server = createServer();
  server.listen(port, '0.0.0.0');
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => {
      reject(new Error(`nobody took hold of this node within ${TAKEN} s`));
    }, TAKEN * 1000).unref();
  });
  const [socket] = (await Promise.race([once(server, 'connection'), late])) as [Socket];
  server.close();
  socket.on('error', () => undefined);
  socket.resume();
  await once(socket, 'close');
}
