import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { inspect } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { selfSigned } from '../../test/self-signed.fixture.ts';
import { HttpClient } from './http-client.ts';
import { serveHttps } from './https-server.fixture.ts';
import { readFingerprint, type Trust } from './trust.ts';

const soon = { seconds: 30 };
const get = { method: 'GET', path: '/x' } as const;

function client(origin: string, trust: Trust): HttpClient {
  const made = new HttpClient(origin, trust);
  onTestFinished(() => made[Symbol.asyncDispose]());
  return made;
}

test('a server is known by its authority or by its fingerprint, however that is spelled', async () => {
  const server = await serveHttps((_, response) => response.end('hello'));
  const bare = server.fingerprint.replaceAll(':', '').toLowerCase();
  const trusts: Trust[] = [
    { by: 'authority', pem: server.cert },
    { by: 'fingerprint', sha256: server.fingerprint },
    { by: 'fingerprint', sha256: bare },
  ];
  for (const trust of trusts) {
    const answer = await client(server.origin, trust).request(get, soon);
    expect(answer).toMatchObject({ status: 200, reason: 'OK', body: 'hello' });
  }
});

test('a server that shows another certificate is sent nothing', async () => {
  const server = await serveHttps((_, response) => response.end('hello'));
  const trusts: Trust[] = [
    { by: 'authorities' },
    { by: 'authority', pem: selfSigned().cert },
    { by: 'fingerprint', sha256: '0'.repeat(64) },
  ];
  for (const trust of trusts) {
    const asked = client(server.origin, trust).request(get, soon);
    await expect(asked).rejects.toMatchObject({ name: 'HttpFailed', trouble: 'untrusted', sent: false });
  }
  expect(server.count()).toBe(0);
});

test('the fingerprint that was shown stands in the error', async () => {
  const server = await serveHttps((_, response) => response.end());
  const asked = client(server.origin, { by: 'fingerprint', sha256: '0'.repeat(64) }).request(get, soon);
  await expect(asked).rejects.toThrow(server.fingerprint);
});

test('a certificate of a trusted authority for another name is not trusted', async () => {
  const server = await serveHttps((_, response) => response.end());
  const asked = client(server.origin.replace('127.0.0.1', 'localhost'), {
    by: 'authority',
    pem: server.cert,
  });
  await expect(asked.request(get, soon)).rejects.toMatchObject({ trouble: 'untrusted' });
});

test('status, reason, body and the server’s clock come back as they are', async () => {
  const server = await serveHttps((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const date = 'Sun, 22 Nov 2026 13:24:50 GMT';
      response
        .writeHead(596, 'Broken pipe', { date })
        .end(`${request.method ?? ''} ${request.url ?? ''} ${body}`);
    });
  });
  const trust: Trust = { by: 'fingerprint', sha256: server.fingerprint };
  expect(
    await client(server.origin, trust).request({ method: 'PUT', path: '/a?b=c', body: 'd=e' }, soon),
  ).toEqual({
    status: 596,
    reason: 'Broken pipe',
    body: 'PUT /a?b=c d=e',
    date: Date.UTC(2026, 10, 22, 13, 24, 50),
  });
});

test('a redirect is an answer and is not followed', async () => {
  const server = await serveHttps((_, response) => response.writeHead(302, { location: '/y' }).end());
  const trust: Trust = { by: 'fingerprint', sha256: server.fingerprint };
  expect(await client(server.origin, trust).request(get, soon)).toMatchObject({ status: 302 });
  expect(server.count()).toBe(1);
});

test('an answer that does not come in time is late, and one that never ends, too', async () => {
  const server = await serveHttps((request, response) => {
    if (request.url === '/dribble') response.write('x');
  });
  const asked = client(server.origin, { by: 'fingerprint', sha256: server.fingerprint });
  for (const path of ['/silent', '/dribble'])
    await expect(asked.request({ method: 'GET', path }, { seconds: 0.5 })).rejects.toMatchObject({
      trouble: 'late',
      sent: true,
    });
});

test('an abort ends a request with its own reason', async () => {
  const stop = new AbortController();
  const server = await serveHttps(() => {
    stop.abort(new Error('enough'));
  });
  const asked = client(server.origin, { by: 'fingerprint', sha256: server.fingerprint });
  await expect(asked.request(get, { seconds: 60, signal: stop.signal })).rejects.toThrow('enough');
});

test('more than 16 MiB are not read', async () => {
  const server = await serveHttps((_, response) => {
    const chunk = Buffer.alloc(1024 * 1024);
    const more = (): void => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', more);
    response.on('error', () => undefined);
    more();
  });
  const asked = client(server.origin, { by: 'fingerprint', sha256: server.fingerprint }).request(get, soon);
  await expect(asked).rejects.toMatchObject({ trouble: 'too-large' });
});

test('where nobody listens nothing was sent', async () => {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const asked = client(`https://127.0.0.1:${port}`, { by: 'authorities' }).request(get, soon);
  await expect(asked).rejects.toMatchObject({ trouble: 'unreachable', sent: false });
});

/** Answers anything with these bytes over TLS and ends the connection. */
async function serveBytes(bytes: string): Promise<HttpClient> {
  const identity = selfSigned();
  const server = createTlsServer(identity, (socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return client(`https://127.0.0.1:${port}`, { by: 'authority', pem: identity.cert });
}

test.each([
  ['a connection that ends without an answer', '', 'lost'],
  ['a body that ends too early', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc', 'lost'],
  ['what is no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n', 'malformed'],
  ['endless headers', `HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(40_000)}`, 'malformed'],
])('%s is no answer', async (_, bytes, trouble) => {
  const asked = (await serveBytes(bytes)).request(get, soon);
  await expect(asked).rejects.toMatchObject({ name: 'HttpFailed', trouble, sent: true });
});

test('neither a query nor a header nor a body gets into an error', async () => {
  const asked = (await serveBytes('')).request(
    { method: 'POST', path: '/x?y=SECRET', headers: { authorization: 'SECRET' }, body: 'SECRET' },
    soon,
  );
  const error: unknown = await asked.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  expect(inspect(error, { depth: 9 })).not.toContain('SECRET');
});

test('what came instead of an answer is not kept either: a ticket may stand in it', async () => {
  const asked = (await serveBytes('HTTP/9 SECRET\r\n')).request(get, soon);
  const error: unknown = await asked.catch((thrown: unknown) => thrown);
  expect(inspect(error, { depth: 9 })).not.toContain('SECRET');
});

test.each(['http://pve:8006', 'https://user:word@pve:8006', 'https://pve:8006/api2', 'pve:8006', ''])(
  '%s is no origin',
  (origin) => {
    const made = (): HttpClient => new HttpClient(origin, { by: 'authorities' });
    expect(made).toThrow(RangeError);
    expect(made).not.toThrow('word');
  },
);

test.each(['', 'AB:CD', `${'0'.repeat(63)}g`, '0'.repeat(66)])('%s is no fingerprint', (sha256) => {
  expect(readFingerprint(sha256)).toBeNull();
  expect(() => new HttpClient('https://pve:8006', { by: 'fingerprint', sha256 })).toThrow(RangeError);
});
