import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Served {
  readonly origin: string;
  /** `GET /path` and its range, in the order they came. */
  readonly asked: string[];
}

/** A real server on 127.0.0.1 for the time of one test. */
export async function serve(listener: RequestListener): Promise<Served> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.url ?? ''} ${request.headers.range ?? ''}`.trim());
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, asked };
}

/** The origin of a server that was there and has ended. */
export async function closedOrigin(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** Serves one file as a good server does: ranges, and `If-Range` by its entity tag (RFC 9110). */
export function fileListener(
  file: () => { readonly bytes: Uint8Array; readonly etag: string },
): RequestListener {
  return (request, response) => {
    const { bytes, etag } = file();
    const from = rangeStart(request, etag);
    response.setHeader('etag', etag);
    if (from === null) {
      response.setHeader('content-length', bytes.length);
      response.end(bytes);
    } else if (from >= bytes.length) {
      response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
    } else {
      const range = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
      response.writeHead(206, { 'content-range': range, 'content-length': bytes.length - from });
      response.end(bytes.subarray(from));
    }
  };
}

function rangeStart({ headers }: IncomingMessage, etag: string): number | null {
  const [, from] = /^bytes=(\d+)-$/.exec(headers.range ?? '') ?? [];
  const condition = headers['if-range'];
  return from === undefined || (condition !== undefined && condition !== etag) ? null : Number(from);
}

/**
 * Sends the beginning of a file. Out: what breaks the connection, to be called when the client has it: whether a client
 * still sees bytes that come right before a break is a matter of luck.
 */
export function sendStart(
  response: ServerResponse,
  bytes: Uint8Array,
  count: number,
  etag: string,
): () => void {
  response.writeHead(200, { 'content-length': bytes.length, etag });
  response.write(bytes.subarray(0, count));
  return () => {
    response.destroy();
  };
}
