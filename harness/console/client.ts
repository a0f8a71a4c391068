import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { within } from '../wire/deadline.ts';
import type { Link } from './link.ts';
import { FromConsole, receive, send, sendBytes } from './messages.ts';
import type { Place } from './places.ts';

/** The VM that was kept there cannot be reached any more. */
export class KeptGone extends Error {
  override readonly name = 'KeptGone';
}

const CONNECT = 5;

/** A kept VM's console, over its socket. */
export class ConsoleClient implements Link {
  /** Resolves when the VM's side is over, with why. */
  readonly ended: Promise<string>;
  readonly #socket: Socket;
  readonly #listeners = new Set<(bytes: Buffer) => void>();
  /** What came before anybody listened. */
  readonly #early: Buffer[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.ended = new Promise((resolve) => {
      socket.on('close', () => {
        resolve('the connection ended');
      });
      receive(socket, FromConsole, (message) => {
        if ('ended' in message) resolve(message.ended);
        else this.#show(Buffer.from(message.shown, 'base64'));
      });
    });
  }

  /** @throws KeptGone */
  static async connect(place: Place): Promise<ConsoleClient> {
    const socket = connect(place.socket);
    const refused = (cause?: unknown): KeptGone =>
      new KeptGone('the VM that was kept there cannot be reached: it has been taken down', { cause });
    try {
      await within(once(socket, 'connect'), { seconds: CONNECT }, refused);
    } catch (cause) {
      socket.destroy();
      throw cause instanceof KeptGone ? cause : refused(cause);
    }
    socket.on('error', () => undefined);
    return new ConsoleClient(socket);
  }

  onData(listener: (bytes: Buffer) => void): () => void {
    this.#listeners.add(listener);
    for (const bytes of this.#early.splice(0)) listener(bytes);
    return () => void this.#listeners.delete(listener);
  }

  write(typed: Buffer): void {
    sendBytes(this.#socket, typed, (base64) => ({ typed: base64 }));
  }

  resize(size: { readonly columns: number; readonly rows: number }): void {
    send(this.#socket, { columns: size.columns, rows: size.rows });
  }

  close(): void {
    this.#socket.destroy();
  }

  #show(bytes: Buffer): void {
    if (this.#listeners.size === 0) this.#early.push(bytes);
    else for (const listener of this.#listeners) listener(bytes);
  }
}
