import { duplexPair } from 'node:stream';
import { expect, test } from 'vitest';
import { GuestAgent } from './guest-agent.ts';
import { LineSplitter } from './lines.ts';

const soon = { seconds: 5 };

/** An agent that starts pid 7 for any `guest-exec` and reports its end with `statuses`, one after the other. */
function agentWith(statuses: readonly object[]): GuestAgent {
  const [near, far] = duplexPair();
  const left = [...statuses];
  const lines = new LineSplitter(100_000, (line) => {
    const text = line.subarray(line.lastIndexOf(0xff) + 1).toString();
    const request = JSON.parse(text) as { execute: string; arguments: { id: number } };
    if (request.execute === 'guest-sync-delimited') far.write(`{"return": ${request.arguments.id}}\n`);
    if (request.execute === 'guest-exec') far.write('{"return": {"pid": 7}}\n');
    if (request.execute === 'guest-exec-status') far.write(`${JSON.stringify({ return: left.shift() })}\n`);
  });
  far.on('data', (chunk: Buffer) => {
    lines.push(chunk);
  });
  return new GuestAgent(near);
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

test('a program is waited for and its streams come back, one character a byte', async () => {
  const agent = agentWith([{ exited: false }, { exited: true, exitcode: 0, 'out-data': base64('grün') }]);
  expect(await agent.exec('/bin/x', [], soon)).toEqual({
    exitcode: 0,
    signal: null,
    out: 'gr\u00c3\u00bcn',
    err: '',
    truncated: false,
  });
});

test('signed 32 bit codes come back unsigned', async () => {
  const hresult = agentWith([{ exited: true, exitcode: -2147024891 }]);
  expect((await hresult.exec('/bin/x', [], soon)).exitcode).toBe(0x80070005);
  const exception = agentWith([{ exited: true, signal: -1073741819 }]);
  expect(await exception.exec('/bin/x', [], soon)).toMatchObject({ exitcode: null, signal: 0xc0000005 });
});

test('no more is kept of a stream than asked for, and what was dropped is told', async () => {
  const agent = agentWith([{ exited: true, exitcode: 0, 'out-data': base64('abcdef') }]);
  expect(await agent.exec('/bin/x', [], soon, 5)).toMatchObject({ out: 'abcde', truncated: true });
  const whole = agentWith([{ exited: true, exitcode: 0, 'out-data': base64('abcde') }]);
  expect(await whole.exec('/bin/x', [], soon, 5)).toMatchObject({ out: 'abcde', truncated: false });
});

test('a program that does not end in time is still running, which is no silence', async () => {
  const agent = agentWith(Array.from({ length: 50 }, () => ({ exited: false })));
  await expect(agent.exec('/bin/x', [], { seconds: 0.3 })).rejects.toMatchObject({ name: 'StillRunning' });
});

test('a status that does not fit its schema is an AgentRefused', async () => {
  const agent = agentWith([{ exited: 'yes' }]);
  await expect(agent.exec('/bin/x', [], soon)).rejects.toMatchObject({ name: 'AgentRefused' });
});
