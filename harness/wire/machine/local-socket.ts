import { once } from 'node:events';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { CommandFailed } from '../command-failed.ts';
import { type Limit, within } from '../deadline.ts';
import { SocketRefused } from './machine.ts';
import { checkSocketPath } from './socket-path.ts';

/** As `Machine.connect`, on this machine. */
export async function connectLocally(path: string, limit: Limit): Promise<Duplex> {
  checkSocketPath(path, 'this machine');
  limit.signal?.throwIfAborted();
  const socket = connect({ path });
  // The end of the other side resets it; `close` tells its readers.
  socket.on('error', () => undefined);
  const late = (): Error =>
    new CommandFailed({
      argv: ['connect', path],
      what: `nobody answered within ${limit.seconds} s`,
      timedOut: true,
    });
  try {
    await within(once(socket, 'connect'), limit, late);
  } catch (error) {
    socket.destroy();
    if (error instanceof Error && 'syscall' in error)
      throw new SocketRefused(`${path} on this machine: ${error.message}`, { cause: error });
    throw error;
  }
  return socket;
}
