import { gzipSync } from 'node:zlib';
import type { RequestListener } from 'node:http';
import { describe, expect, it, test } from 'vitest';
import { download, type DownloadOptions, type Partial } from './download.ts';
import { DownloadFailed } from './download-failed.ts';
import { closedOrigin, sendStart, fileListener, serve } from './file-server.fixture.ts';

const FILE = Uint8Array.from({ length: 50_000 }, (_, i) => i % 251);
const OPTIONS: DownloadOptions = {
  maxBytes: 100_000,
  deadlines: { silence: 20, whole: 60 },
  plainLoopback: true,
};

async function failure(
  url: string,
  options: globalThis.Partial<DownloadOptions> = {},
): Promise<DownloadFailed> {
  try {
    await download(url, { ...OPTIONS, ...options });
  } catch (error) {
    if (error instanceof DownloadFailed) return error;
    throw error;
  }
  throw new Error('it was to fail');
}

const good = fileListener(() => ({ bytes: FILE, etag: '"v1"' }));

test('a file arrives whole, and its progress is told', async () => {
  const { origin } = await serve(good);
  const told: (number | null)[] = [];
  const { bytes, resumed } = await download(`${origin}/a`, {
    ...OPTIONS,
    progress: (count, total) => told.push(count, total),
  });
  expect({ same: Buffer.from(bytes).equals(FILE), resumed }).toEqual({ same: true, resumed: 0 });
  expect(told.slice(-2)).toEqual([50_000, 50_000]);
});

describe('a connection that breaks', () => {
  async function broken(etag = '"v1"'): Promise<DownloadFailed> {
    let cut = (): void => undefined;
    const { origin } = await serve((_, response) => {
      cut = sendStart(response, FILE, 20_000, etag);
    });
    const progress = (count: number): void => {
      if (count === 20_000) cut();
    };
    const error = await failure(`${origin}/a`, { progress });
    expect(error.failure).toBe('connection');
    return error;
  }

  async function part(): Promise<Partial> {
    const { partial } = await broken();
    expect(partial?.bytes.length).toBe(20_000);
    return partial ?? { url: '', bytes: new Uint8Array(0), validator: '' };
  }

  it('leaves what had arrived, and the next attempt asks only for the rest', async () => {
    const partial = await part();
    const { origin, asked } = await serve(good);
    const url = `${origin}/a`;
    const { bytes, resumed } = await download(url, { ...OPTIONS, partial: { ...partial, url } });
    expect(Buffer.from(bytes).equals(FILE)).toBe(true);
    expect(resumed).toBe(partial.bytes.length);
    expect(asked).toEqual([`/a bytes=${partial.bytes.length}-`]);
  });

  it('has its part thrown away when the server has another version by then', async () => {
    const partial = await part();
    const other = FILE.map((byte) => byte ^ 0xff);
    const { origin } = await serve(fileListener(() => ({ bytes: other, etag: '"v2"' })));
    const url = `${origin}/a`;
    const { bytes, resumed } = await download(url, { ...OPTIONS, partial: { ...partial, url } });
    expect({ same: Buffer.from(bytes).equals(other), resumed }).toEqual({ same: true, resumed: 0 });
  });

  it('has its part thrown away when the file is shorter by then', async () => {
    const partial = await part();
    const short = FILE.subarray(0, 10);
    const { origin, asked } = await serve(fileListener(() => ({ bytes: short, etag: '"v1"' })));
    const url = `${origin}/a`;
    const { bytes } = await download(url, { ...OPTIONS, partial: { ...partial, url } });
    expect(Buffer.from(bytes).equals(short)).toBe(true);
    expect(asked).toHaveLength(2);
  });

  it('leaves nothing to go on from where the server gives no strong entity tag', async () => {
    expect((await broken('W/"v1"')).partial).toBeNull();
  });

  it.each([
    ['that does not begin where it was asked to', { 'content-range': 'bytes 5-49999/50000', etag: '"v1"' }],
    ['of another version', { 'content-range': 'bytes 100-49999/50000', etag: '"v2"' }],
    ['of nobody knows what', { etag: '"v1"' }],
  ])('is not resumed with a part %s, but fetched from its start', async (_, headers) => {
    const { origin, asked } = await serve((request, response) => {
      if (request.headers.range === undefined) good(request, response);
      else response.writeHead(206, headers).end(FILE.subarray(5));
    });
    const url = `${origin}/a`;
    const partial = { url, bytes: FILE.subarray(0, 100), validator: '"v1"' };
    const { bytes, resumed } = await download(url, { ...OPTIONS, partial });
    expect({ same: Buffer.from(bytes).equals(FILE), resumed }).toEqual({ same: true, resumed: 0 });
    expect(asked).toEqual(['/a bytes=100-', '/a']);
  });
});

describe('a server that keeps us waiting', () => {
  const silence = { deadlines: { silence: 0.2, whole: 60 } };

  it('is given up when it never answers', async () => {
    const { origin } = await serve(() => undefined);
    const { failure: kind, message } = await failure(`${origin}/a`, silence);
    expect({ kind, message }).toEqual({ kind: 'late', message: `${origin}/a: nothing arrived for 0.2 s` });
  });

  it('is given up when it goes silent, and what it had sent is kept', async () => {
    const { origin } = await serve((_, response) => {
      response.writeHead(200, { 'content-length': FILE.length, etag: '"v1"' });
      response.write(FILE.subarray(0, 1000));
    });
    const { failure: kind, partial } = await failure(`${origin}/a`, silence);
    expect([kind, partial?.bytes.length]).toEqual(['late', 1000]);
  });

  it('is given up when it sends drop by drop, so that it is never silent and never done', async () => {
    const { origin } = await serve((_, response) => {
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => {
        clearInterval(drip);
      });
    });
    const { failure: kind, message } = await failure(`${origin}/a`, {
      deadlines: { silence: 20, whole: 0.5 },
    });
    expect([kind, message]).toEqual(['late', `${origin}/a: it is not complete after 0.5 s`]);
  });
});

test('a body without end is given up at the limit', async () => {
  const { origin } = await serve((_, response) => {
    const more = (): void => {
      while (response.writable && response.write(FILE));
    };
    response.on('drain', more);
    more();
  });
  expect((await failure(`${origin}/a`)).failure).toBe('too-large');
});

test('a body that is declared too large is not read at all', async () => {
  const { origin } = await serve((_, response) => {
    response.writeHead(200, { 'content-length': 200_000 });
    response.flushHeaders();
  });
  expect((await failure(`${origin}/a`)).failure).toBe('too-large');
});

describe('redirects', () => {
  const to =
    (location: (path: string) => string): RequestListener =>
    (request, response) => {
      response.writeHead(302, { location: location(request.url ?? '') }).end();
    };

  it('are followed', async () => {
    const { origin } = await serve((request, response) => {
      if (request.url === '/b') good(request, response);
      else response.writeHead(302, { location: '/b' }).end();
    });
    expect((await download(`${origin}/a`, OPTIONS)).from).toBe(`${origin}/b`);
  });

  it.each<[string, RequestListener, string]>([
    ['in a circle', to((path) => path), 'redirects more than 5 times'],
    ['to plain HTTP elsewhere', to(() => 'http://example.invalid/a'), 'only https is spoken, not http:'],
    ['to a file', to(() => 'file:///etc/passwd'), 'only https is spoken, not file:'],
    ['with a password', to(() => 'https://a:b@example.invalid/'), 'user name or password'],
    ['to nowhere', (_, response) => response.writeHead(302).end(), 'without saying where to'],
  ])('are not followed %s', async (_, listener, said) => {
    const { origin } = await serve(listener);
    const { failure: kind, message } = await failure(`${origin}/a`);
    expect(kind).toBe('redirect');
    expect(message).toContain(said);
  });

  it('to plain HTTP are refused even on this machine where nothing else is said', async () => {
    const { origin } = await serve(good);
    expect((await failure(`${origin}/a`, { plainLoopback: false })).failure).toBe('redirect');
  });
});

test.each([
  [404, 'there is no such file any more'],
  [403, 'forbidden, or too many requests'],
  [429, 'too many requests from here); try again after 120'],
  [500, 'the server answered 500'],
])('an answer %i is said with what it means', async (status, said) => {
  const { origin } = await serve((_, response) =>
    response.writeHead(status, { 'retry-after': '120' }).end('x'),
  );
  const { failure: kind, message, status: kept } = await failure(`${origin}/a`);
  expect([kind, kept]).toEqual(['http', status]);
  expect(message).toContain(said);
});

test('a packed body is refused, since its size says nothing', async () => {
  const { origin } = await serve((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(FILE));
  });
  expect((await failure(`${origin}/a`)).message).toContain('packed, although it was asked not to');
});

test('a name that no server knows is said to be that', async () => {
  const { failure: kind, message } = await failure('https://no-such-host.invalid/a.rom');
  expect(kind).toBe('offline');
  expect(message).toContain('this machine seems to be offline');
});

test('a port where nobody listens is a failed connection', async () => {
  const { failure: kind, message } = await failure(`${await closedOrigin()}/a`);
  expect(kind).toBe('connection');
  expect(message).toContain('ECONNREFUSED');
});

test('a stop by the caller keeps what had arrived', async () => {
  const { origin } = await serve((_, response) => {
    response.writeHead(200, { 'content-length': FILE.length, etag: '"v1"' });
    response.write(FILE.subarray(0, 1000));
  });
  const controller = new AbortController();
  const { failure: kind, partial } = await failure(`${origin}/a`, {
    signal: controller.signal,
    progress: () => {
      controller.abort();
    },
  });
  expect([kind, partial?.bytes.length]).toEqual(['stopped', 1000]);
});
