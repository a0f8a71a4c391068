import { duplexPair, type Duplex } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AgentChannel } from './agent-channel.ts';
import { LineSplitter } from './lines.ts';

const soon = { seconds: 5 };

interface Request {
  readonly execute: string;
  readonly arguments: { readonly id?: number };
}

/** A channel whose far side answers each request with the bytes that `answer` gives, cut at `cuts`. */
function channelTo(
  answer: (request: Request) => Buffer | string,
  cuts: readonly number[] = [],
): AgentChannel {
  const [near, far] = duplexPair();
  const lines = new LineSplitter(10_000, (line) => {
    const text = line.subarray(line.lastIndexOf(0xff) + 1).toString();
    write(far, Buffer.from(answer(JSON.parse(text) as Request)), cuts);
  });
  far.on('data', (chunk: Buffer) => {
    lines.push(chunk);
  });
  return new AgentChannel(near);
}

function write(stream: Duplex, bytes: Buffer, cuts: readonly number[]): void {
  const edges = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
  for (const [i, edge] of edges.slice(1).entries()) stream.write(bytes.subarray(edges[i], edge));
}

function syncAnswer(id: number | undefined, before: Uint8Array | string = ''): Buffer {
  return Buffer.concat([Buffer.from(before), Buffer.from([0xff]), Buffer.from(`{"return": ${id ?? 0}}\n`)]);
}

test('an answer arrives whatever came before the sync and wherever the bytes are cut', async () => {
  const garbage = fc.uint8Array({ maxLength: 60 });
  const cuts = fc.array(fc.nat(120), { maxLength: 8 });
  const answers = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown);
  await fc.assert(
    fc.asyncProperty(garbage, cuts, answers, async (before, where, value) => {
      const channel = channelTo(
        ({ execute, arguments: { id } }) =>
          execute === 'ask' ? `${JSON.stringify({ return: value })}\n` : syncAnswer(id, before),
        where,
      );
      expect(await channel.call('ask', {}, soon)).toEqual(value);
    }),
  );
});

test('answers to somebody else and the complaint about a broken request are dropped before a sync', async () => {
  const stale =
    '{"error": {"class": "GenericError", "desc": "JSON parse error"}}\n{"return": {}}\n{"return": 7}\n';
  const channel = channelTo(({ execute, arguments: { id } }) =>
    execute === 'ask' ? '{"return": "mine"}\n' : syncAnswer(id, stale),
  );
  expect(await channel.call('ask', {}, soon)).toBe('mine');
});

test('a sync that nobody heard is sent again', async () => {
  let heard = 0;
  const channel = channelTo(({ arguments: { id } }) => (++heard === 1 ? '' : syncAnswer(id)));
  await channel.sync(soon);
  expect(heard).toBe(2);
});

test('an error is an AgentRefused with the words of the agent, and the channel stays in step', async () => {
  let syncs = 0;
  const channel = channelTo(({ execute, arguments: { id } }) => {
    if (execute === 'good') return '{"return": 1}\n';
    if (execute === 'bad') return '{"error": {"class": "CommandNotFound", "desc": "The command bad has not been found"}}\n'; // prettier-ignore
    syncs++;
    return syncAnswer(id);
  });
  await expect(channel.call('bad', {}, soon)).rejects.toMatchObject({
    name: 'AgentRefused',
    desc: /not been found/,
  });
  expect(await channel.call('good', {}, soon)).toBe(1);
  expect(syncs).toBe(1);
});

test('a late answer is never taken for the next one', async () => {
  const [near, far] = duplexPair();
  const channel = new AgentChannel(near);
  const asked: string[] = [];
  const lines = new LineSplitter(10_000, (line) => {
    const request = JSON.parse(line.subarray(line.lastIndexOf(0xff) + 1).toString()) as Request;
    asked.push(request.execute);
    if (request.execute === 'second') far.write('{"return": "second"}\n');
    // The first question is answered only now, just before the sync that follows it.
    const late = asked.includes('first') ? '{"return": "first"}\n' : '';
    if (request.arguments.id !== undefined) far.write(syncAnswer(request.arguments.id, late));
  });
  far.on('data', (chunk: Buffer) => {
    lines.push(chunk);
  });
  await expect(channel.call('first', {}, { seconds: 0.2 })).rejects.toMatchObject({
    name: 'AgentSilent',
    waited: 0.2,
  });
  expect(await channel.call('second', {}, soon)).toBe('second');
});

test('silence is an AgentSilent, a closed channel an AgentGone, an abort its own reason', async () => {
  const silent = channelTo(() => '');
  await expect(silent.sync({ seconds: 0.1 })).rejects.toMatchObject({ name: 'AgentSilent', waited: 0.1 });
  const abort = new AbortController();
  const aborted = silent.sync({ seconds: 5, signal: abort.signal });
  abort.abort(new Error('enough'));
  await expect(aborted).rejects.toThrow('enough');
  const [near] = duplexPair();
  const closed = new AgentChannel(near);
  const waiting = closed.sync(soon);
  near.destroy();
  await expect(waiting).rejects.toMatchObject({ name: 'AgentGone' });
  await expect(closed.sync(soon)).rejects.toMatchObject({ name: 'AgentGone' });
});

test.each(['{}', '[]', 'null', '"text"', '{"return"', 'x'])('%s is no answer', async (line) => {
  const channel = channelTo(({ execute, arguments: { id } }) =>
    execute === 'ask' ? `${line}\n` : syncAnswer(id),
  );
  await expect(channel.call('ask', {}, soon)).rejects.toMatchObject({ name: 'AgentRefused' });
});

test('a flood is an AgentRefused, and nothing more of it is read until somebody asks again', async () => {
  const [near, far] = duplexPair();
  const channel = new AgentChannel(near);
  const flood = Buffer.from('{"return": {}}\n'.repeat(1000));
  let written = 0;
  const pour = (): void => {
    do written += flood.length;
    while (far.write(flood) && written < 1e9);
  };
  far.on('drain', pour);
  pour();
  const sync = channel.sync(soon);
  await expect(sync).rejects.toMatchObject({ name: 'AgentRefused', as: 'flood' });
  const held = written;
  await new Promise((resolve) => setImmediate(resolve));
  expect(written - held).toBeLessThan(flood.length * 20);
  await expect(channel.sync(soon)).rejects.toMatchObject({ name: 'AgentRefused', as: 'flood' });
  expect(written).toBeGreaterThan(held);
});

test('a silence tells how much was heard that was no answer', async () => {
  const channel = channelTo(() => '{"return"\n');
  await expect(channel.sync({ seconds: 0.2 })).rejects.toMatchObject({
    name: 'AgentSilent',
    // On a slow machine the question is asked, and answered so, more than once.
    heard: expect.toSatisfy((heard: number) => heard > 0 && heard % 10 === 0) as number,
  });
});
