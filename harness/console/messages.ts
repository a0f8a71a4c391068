import type { Socket } from 'node:net';
import * as z from 'zod/mini';
import { LineSplitter } from '../wire/lines.ts';

/** What crosses the socket between a kept VM and the terminal that looks into it: one JSON object a line. */
const screen = z.int().check(z.gte(1), z.lte(10_000));
export const FromTerminal = z.union([
  z.strictObject({ typed: z.base64() }),
  z.strictObject({ columns: screen, rows: screen }),
]);
export const FromConsole = z.union([
  z.strictObject({ shown: z.base64() }),
  z.strictObject({ ended: z.string() }),
]);
export type FromTerminal = z.infer<typeof FromTerminal>;
export type FromConsole = z.infer<typeof FromConsole>;

/** Bytes of a line, and of the payload in one: base64 makes four of three. */
const LINE = 65_536;
const PAYLOAD = 32_768;
/** What may wait for a terminal that does not read, in bytes, before it is dropped. */
const BACKLOG = 4 * 1_048_576;

export function send(socket: Socket, message: FromTerminal | FromConsole): void {
  if (!socket.writable) return;
  if (socket.writableLength > BACKLOG) socket.destroy();
  else socket.write(`${JSON.stringify(message)}\n`);
}

/** Sends bytes in as many messages as they need. */
export function sendBytes(
  socket: Socket,
  bytes: Buffer,
  message: (base64: string) => FromTerminal | FromConsole,
): void {
  for (let at = 0; at < bytes.length; at += PAYLOAD)
    send(socket, message(bytes.subarray(at, at + PAYLOAD).toString('base64')));
}

/** Calls back with every message; a peer that sends anything else is cut off. */
export function receive<T>(socket: Socket, schema: z.ZodMiniType<T>, onMessage: (message: T) => void): void {
  const lines = new LineSplitter(LINE, (line) => {
    const parsed = schema.safeParse(jsonOf(line.toString()));
    if (parsed.success) onMessage(parsed.data);
    else socket.destroy();
  });
  socket.on('data', (chunk: Buffer) => {
    lines.push(chunk);
  });
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
