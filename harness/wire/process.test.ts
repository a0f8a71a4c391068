import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Readable } from 'node:stream';
import { expect } from 'vitest';
import { alive } from '../test/alive.ts';
import { needs } from '../test/tier.ts';
import { LeashedProcess } from './process.ts';

const leashTest = needs('setpriv');

async function start(script: string, sockets = 0): Promise<{ child: LeashedProcess; stderr: string[] }> {
  const stderr: string[] = [];
  const onStderr = (line: string): void => void stderr.push(line);
  return { child: await LeashedProcess.start(['sh', '-c', script], { sockets, onStderr }), stderr };
}

async function firstChunk(stream: Readable | undefined): Promise<string> {
  if (!stream) throw new Error('no such socket');
  return String((await once(stream, 'data'))[0]);
}

leashTest('a child that ends tells its code, with all it wrote to stderr', async () => {
  const { child, stderr } = await start('echo one >&2; printf two >&2; exit 7');
  expect(await child.exited).toEqual({ code: 7, signal: null });
  expect(stderr).toEqual(['one', 'two']);
});

leashTest('a program that does not exist is exit code 127 and a line that names it', async () => {
  const stderr: string[] = [];
  const child = await LeashedProcess.start(['no-such-program'], { sockets: 0, onStderr: (line) => void stderr.push(line) }); // prettier-ignore
  expect(await child.exited).toEqual({ code: 127, signal: null });
  expect(stderr.join()).toContain('no-such-program');
});

leashTest('the child talks over its sockets, both ways', async () => {
  const { child } = await start('read -r name <&3; echo "hello $name" >&4', 2);
  child.sockets[0]?.write('you\n');
  expect(await firstChunk(child.sockets[1])).toBe('hello you\n');
});

leashTest('a child that ignores SIGTERM is killed after the grace', async () => {
  const { child } = await start('trap "" TERM; echo ready >&3; while :; do sleep 0.1; done', 1);
  await firstChunk(child.sockets[0]);
  expect(await child.stop(0.2)).toEqual({ code: null, signal: 'SIGKILL' });
});

leashTest('a child dies with a harness that is killed', async () => {
  const harness = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('../test/leash-holder.ts', import.meta.url))],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const pid = Number(await firstChunk(harness.stdout));
  expect(alive(pid)).toBe(true);
  harness.kill('SIGKILL');
  await expect.poll(() => alive(pid), { timeout: 10_000 }).toBe(false);
});
