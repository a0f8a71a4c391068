import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Connects to a socket of a VM, waits until it stands, and closes it when the work is done. */
export async function withSocket<T>(path: string, work: (socket: Socket) => Promise<T>): Promise<T> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return await work(socket);
  } finally {
    socket.destroy();
  }
}
