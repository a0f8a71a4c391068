import { X509Certificate } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type SelfSigned, selfSigned } from '../../test/self-signed.fixture.ts';

export interface HttpsServer {
  readonly origin: string;
  /** PEM. */
  readonly cert: string;
  readonly fingerprint: string;
  /** How many requests it has got. */
  readonly count: () => number;
}

let shared: SelfSigned | undefined;

/** A real HTTPS server on 127.0.0.1 for the time of one test, with a certificate that nobody else trusts. */
export async function serveHttps(listener: RequestListener): Promise<HttpsServer> {
  const identity = (shared ??= selfSigned());
  let count = 0;
  const server = createServer({ ...identity, maxHeaderSize: 1 << 20 }, (request, response) => {
    count += 1;
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `https://127.0.0.1:${port}`,
    cert: identity.cert,
    fingerprint: new X509Certificate(identity.cert).fingerprint256,
    count: () => count,
  };
}
