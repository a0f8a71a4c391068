import { expect } from 'vitest';
import { needs, needsPty } from '../test/tier.ts';
import { openPty, type Pty } from './pty.ts';

const SIZE = { columns: 80, rows: 24 };
const ptyTest = needsPty(needs());

/** All that the program has written so far. */
function screenOf(pty: Pty): () => string {
  let screen = '';
  pty.onData((bytes) => {
    screen += bytes.toString();
  });
  return () => screen;
}

ptyTest('a program sees a terminal of the size it was given, and its changes', async () => {
  const pty = openPty(['sh', '-c', 'stty size; read -r _; stty size; read -r _'], SIZE);
  const screen = screenOf(pty);
  await expect.poll(screen).toContain('24 80');
  pty.resize(40, 10);
  pty.write('\r');
  await expect.poll(screen).toContain('10 40');
  pty.write('\r');
  expect(await pty.exited).toEqual({ code: 0, signal: null });
});

ptyTest('Ctrl-C reaches the program as SIGINT', async () => {
  const pty = openPty(['sh', '-c', 'trap "exit 42" INT; echo ready; while :; do sleep 0.1; done'], SIZE);
  await expect.poll(screenOf(pty)).toContain('ready');
  pty.write('\x03');
  expect((await pty.exited).code).toBe(42);
});

ptyTest('a killed program tells the signal, and what comes later does no harm', async () => {
  const pty = openPty(['sleep', '1000'], SIZE);
  pty.kill('SIGKILL');
  expect((await pty.exited).signal).toBe(9);
  pty.write('late');
  pty.kill();
});
