import type { RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { PowerSwitch } from '../../../../scenario/connection.ts';
import { closedOrigin, serve } from '../../../../wire/file-server.fixture.ts';
import { cyclePower } from './cycle-power.ts';
import { PowerSwitchFailed } from './power-switch-failed.ts';

const times = { off: 1, switch: 3 };
const limit = { seconds: 60 };
const cycle = (power: PowerSwitch, seconds = 60): Promise<void> => cyclePower(power, { seconds }, times);

type Kind = 'shelly' | 'tasmota';
const at = (kind: Kind, origin: string): PowerSwitch =>
  kind === 'shelly' ? { shelly: origin } : { tasmota: origin };
const NAME = { shelly: 'the Shelly plug', tasmota: 'the Tasmota plug' } as const;

function say(response: ServerResponse, body: unknown): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}

/** A plug as the makers' pages describe it, which switches on again by itself. */
function plug(kind: Kind, on = { now: true }): RequestListener {
  const offFor = (seconds: number): void => {
    on.now = false;
    const timer = setTimeout(() => (on.now = true), seconds * 1000);
    timer.unref();
  };
  return ({ url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://plug');
    const command = searchParams.get('cmnd') ?? '';
    if (kind === 'shelly' && pathname === '/rpc/Switch.GetStatus') say(response, { id: 0, output: on.now });
    else if (kind === 'shelly' && pathname === '/rpc/Switch.Set') {
      const was = on.now;
      if (searchParams.get('on') === 'false') offFor(Number(searchParams.get('toggle_after')));
      else on.now = true;
      say(response, { was_on: was });
    } else if (kind === 'tasmota' && pathname === '/cm') {
      const delay = /^Backlog Power Off; Delay (\d+); Power On$/.exec(command)?.[1];
      if (delay !== undefined) offFor(Number(delay) / 10);
      if (command === 'Power On') on.now = true;
      say(response, delay === undefined ? { POWER: on.now ? 'ON' : 'OFF' } : {});
    } else response.writeHead(404).end();
  };
}

for (const kind of ['shelly', 'tasmota'] as const) {
  test(`${NAME[kind]} is off, and on again, before the cycle ends`, async () => {
    const on = { now: true };
    const { origin, asked } = await serve(plug(kind, on));
    await cycle(at(kind, origin));
    expect(on.now).toBe(true);
    const [first] = asked;
    expect(first).toBe(
      kind === 'shelly'
        ? '/rpc/Switch.Set?id=0&on=false&toggle_after=1'
        : '/cm?cmnd=Backlog%20Power%20Off%3B%20Delay%2010%3B%20Power%20On',
    );
  });

  test.each<[string, RequestListener, RegExp]>([
    ['answers 500', (_, response) => void response.writeHead(500).end(), /it answered 500/],
    ['wants a login', (_, response) => void response.writeHead(401).end(), /wants another login/],
    [
      'sends elsewhere',
      (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      /it answered 302/,
    ],
    ['answers garbage', (_, response) => void response.end('<html>\u0000'), /is no JSON/],
    [
      'answers another question',
      (_, response) => {
        say(response, [1, 2]);
      },
      /is none|says that it is on/,
    ],
    [
      'answers without end',
      (_, response) => {
        flood(response);
      },
      /is no JSON/,
    ],
    ['hangs up', ({ socket }) => void socket.destroy(), /cannot be reached: /],
    [
      'hangs up in the middle',
      (_, response) => {
        response.writeHead(200, { 'content-length': 100 });
        response.write('{');
        setTimeout(() => void response.destroy(), 50);
      },
      /cannot be reached: /,
    ],
  ])(
    `${NAME[kind]} that %s is an error that says so, and was told to be on`,
    async (_what, listener, why) => {
      const { origin, asked } = await serve(listener);
      const cycling = cycle(at(kind, origin));
      await expect(cycling).rejects.toThrow(PowerSwitchFailed);
      await expect(cycling).rejects.toThrow(why);
      await expect(cycling).rejects.toThrow(new RegExp(`^${NAME[kind]}: `));
      expect(asked.at(-1)).toMatch(/on=true|Power%20On$/);
    },
  );

  test(`${NAME[kind]} that never answers is given up`, async () => {
    const { origin } = await serve(() => undefined);
    await expect(cycle(at(kind, origin), 1)).rejects.toThrow(/no answer within 1 s/);
  });

  test(`${NAME[kind]} that is not there is an error`, async () => {
    await expect(cycle(at(kind, await closedOrigin()))).rejects.toThrow(/cannot be reached: ECONNREFUSED/);
  });

  test(`${NAME[kind]} that speaks something else than HTTP is an error`, async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('SSH-2.0-OpenSSH_9.2\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    await expect(cycle(at(kind, `http://127.0.0.1:${port}`))).rejects.toThrow(/cannot be reached: /);
  });

  test(`${NAME[kind]} that says yes and does nothing is an error`, async () => {
    const answers = { was_on: true, output: true, POWER: 'ON' };
    const { origin } = await serve((_, response) => {
      say(response, answers);
    });
    await expect(cycle(at(kind, origin))).rejects.toThrow(/it says that it is on/);
  });

  test(`${NAME[kind]} that stays off is told to be on, and that is an error`, async () => {
    const on = { now: true };
    const { origin } = await serve((request, response) => {
      if (/on=false|Backlog/.test(request.url ?? '')) {
        on.now = false;
        say(response, { was_on: true });
      } else plug(kind, on)(request, response);
    });
    await expect(cycle(at(kind, origin))).rejects.toThrow(/it says that it is off/);
    expect(on.now).toBe(true);
  });

  test(`an abort ends the asking of ${NAME[kind]}`, async () => {
    const stop = new AbortController();
    const { origin } = await serve(() => {
      stop.abort(new Error('enough'));
    });
    await expect(cyclePower(at(kind, origin), { ...limit, signal: stop.signal }, times)).rejects.toThrow(
      'enough',
    );
  });
}

test("a Tasmota's user and password go into its query and never into a message", async () => {
  const { origin, asked } = await serve((_, response) => void response.writeHead(500).end());
  const address = origin.replace('//', '//admin:s3cr%C3%A9t&@');
  const cycling = cycle({ tasmota: address });
  await expect(cycling).rejects.toThrow('it answered 500');
  await expect(cycling).rejects.not.toThrow(/s3cr/);
  expect(asked[0]).toMatch(/^\/cm\?user=admin&password=s3cr%C3%A9t%26&cmnd=/);
});

test("a Tasmota that wants another login says so in one of its answers' words", async () => {
  const { origin } = await serve((_, response) => {
    say(response, { WARNING: 'Need user=<username>&password=<password>' });
  });
  await expect(cycle({ tasmota: origin })).rejects.toThrow(/wants another login/);
});

test('another switch of a Shelly is named by its id', async () => {
  const { origin, asked } = await serve((_, response) => void response.writeHead(500).end());
  await expect(cycle({ shelly: `${origin}/?id=2` })).rejects.toThrow('it answered 500');
  expect(asked[0]).toBe('/rpc/Switch.Set?id=2&on=false&toggle_after=1');
});

test('a command is well by its exit code, and else an error with its last words', async () => {
  await cycle({ command: ['true'] });
  await expect(cycle({ command: ['sh', '-c', 'echo no relay >&2; exit 3'] })).rejects.toThrow(
    'the power command: it ended with exit code 3: no relay',
  );
  await expect(cycle({ command: ['sleep', '60'] }, 1)).rejects.toThrow(/took too long/);
  await expect(cycle({ command: ['no-such-program'] })).rejects.toThrow(PowerSwitchFailed);
});

function flood(response: ServerResponse): void {
  response.on('error', () => undefined);
  const more = setInterval(() => {
    if (response.destroyed) clearInterval(more);
    else response.write('['.repeat(10_000));
  }, 1);
}
