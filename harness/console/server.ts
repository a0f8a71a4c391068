import { rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { Kept } from '../run/attend.ts';
import { ConsoleRecording } from '../trace/console-recording.ts';
import { recorded } from './attendance.ts';
import type { Link } from './link.ts';
import { FromTerminal, receive, send, sendBytes } from './messages.ts';
import { makePlace, type Placard, type Place } from './places.ts';

const MOST_TERMINALS = 8;

/**
 * Lets terminals of this user look into a kept VM, over a socket that only they can reach. What the console shows is
 * recorded as `kept.cast` beside the trace: the trace itself is closed, and what is done to the VM now is no part of it.
 */
export class ConsoleServer {
  readonly #place: Place;
  readonly #server: Server;
  readonly #kept: Kept;
  readonly #sockets = new Set<Socket>();
  readonly #recording: ConsoleRecording;
  readonly #off: () => void;

  private constructor(place: Place, kept: Kept, title: string) {
    this.#place = place;
    this.#kept = kept;
    this.#recording = new ConsoleRecording(
      { directory: kept.directory, file: 'kept.cast' },
      { size: { columns: 80, rows: 24 }, title, redact: kept.redact },
    );
    this.#off = kept.console.pty.onData((bytes) => {
      this.#show(bytes);
    });
    this.#server = createServer((socket) => {
      this.#welcome(socket);
    });
    this.#server.maxConnections = MOST_TERMINALS;
  }

  /** @throws PlaceNotPrivate, and Node's own error when the socket cannot be made */
  static async open(kept: Kept, placard: Placard): Promise<ConsoleServer> {
    const place = await makePlace(placard);
    const server = new ConsoleServer(place, kept, placard.cell);
    try {
      server.#server.listen(place.socket);
      await once(server.#server, 'listening');
      return server;
    } catch (error) {
      await server.close('it could not be opened');
      throw error;
    }
  }

  /** Tells every terminal why it is over, and removes the socket. */
  async close(why: string): Promise<void> {
    this.#off();
    this.#server.close();
    for (const socket of this.#sockets) {
      send(socket, { ended: why });
      socket.end();
    }
    this.#recording.close();
    await rm(this.#place.directory, { recursive: true, force: true });
  }

  #show(bytes: Buffer): void {
    this.#recording.output(bytes);
    for (const socket of this.#sockets) sendBytes(socket, bytes, (shown) => ({ shown }));
  }

  #welcome(socket: Socket): void {
    const link: Link = recorded(this.#kept.console, this.#recording);
    this.#sockets.add(socket);
    // A terminal that goes away is no trouble of the VM's.
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    receive(socket, FromTerminal, (message) => {
      if ('typed' in message) link.write(Buffer.from(message.typed, 'base64'));
      else link.resize(message);
    });
    sendBytes(socket, this.#kept.lastShown.bytes(), (shown) => ({ shown }));
  }
}
