import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { expect, onTestFinished } from 'vitest';
import { alive } from '../test/alive.ts';
import { needs, needsPty } from '../test/tier.ts';
import { openSerialPort, type SerialPort } from './serial-port.ts';

const lineTest = needsPty(needs('setpriv', 'stty'));
const SIZE = { columns: 80, rows: 24 };

async function open(): Promise<{ port: SerialPort; seen: () => Buffer }> {
  const port = await openSerialPort(SIZE);
  onTestFinished(() => port[Symbol.asyncDispose]());
  const chunks: Buffer[] = [];
  port.pty.onData((bytes) => chunks.push(bytes));
  return { port, seen: () => Buffer.concat(chunks) };
}

lineTest('every byte crosses the line unaltered, both ways', async () => {
  const { port, seen } = await open();
  const all = Buffer.concat([
    Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
    randomBytes(60_000),
  ]);
  await writeFile(port.path, all);
  await expect.poll(() => seen().length).toBe(all.length);
  expect(seen().equals(all)).toBe(true);

  const reader = spawn('head', ['-c', String(all.length), port.path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void reader.kill('SIGKILL'));
  const read: Buffer[] = [];
  reader.stdout.on('data', (bytes: Buffer) => read.push(bytes));
  port.pty.write(all);
  await expect.poll(() => Buffer.concat(read).length, { timeout: 10_000 }).toBe(all.length);
  expect(Buffer.concat(read).equals(all)).toBe(true);
});

lineTest('the line stays up and raw when its user closes it and another one comes', async () => {
  const { port, seen } = await open();
  for (const word of ['first\n', 'second\n']) await writeFile(port.path, word);
  await expect.poll(() => seen().toString()).toBe('first\nsecond\n');
});

lineTest('its holder is gone once the line is closed', async () => {
  const port = await openSerialPort(SIZE);
  const { pid } = port.pty;
  expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).toContain('sleep');
  await port[Symbol.asyncDispose]();
  expect(alive(pid)).toBe(false);
});

lineTest('what a program wrote before it ended has all come once the line is drained', async () => {
  const { port, seen } = await open();
  const writer = spawn('sh', ['-c', `seq 1 20000 >${port.path}`], { stdio: 'ignore' });
  await once(writer, 'exit');
  await port.drain();
  expect(seen().toString()).toBe(Array.from({ length: 20_000 }, (_, i) => `${i + 1}\n`).join(''));
});
