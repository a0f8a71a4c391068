import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { LockFailed, LockHeld, withLock } from './lock.ts';

const dir = mkdtempSync(join(tmpdir(), 'code43-lock-'));
afterAll(() => {
  rmSync(dir, { recursive: true });
});

let count = 0;
const fresh = (): string => join(dir, `${(count += 1)}`, 'a.lock');

test('one after the other, whoever asks first', async () => {
  const path = fresh();
  const seen: string[] = [];
  const work = (name: string) => async (): Promise<void> => {
    seen.push(`${name} begins`);
    await pause(20);
    seen.push(`${name} ends`);
  };
  await Promise.all(
    ['a', 'b', 'c'].map((name) => withLock(path, { purpose: `does ${name}`, wait: 30 }, work(name))),
  );
  for (let at = 0; at < seen.length; at += 2) {
    expect(seen[at + 1]).toBe(seen[at]?.replace('begins', 'ends'));
  }
});

test('another holder is named, and waited for no longer than was said', async () => {
  const path = fresh();
  await withLock(path, { purpose: 'counts sheep', wait: 0 }, async () => {
    const told: string[] = [];
    const second = withLock(path, { purpose: 'x', wait: 0.5, onWait: (holder) => told.push(holder) }, () =>
      Promise.resolve(),
    );
    await expect(second).rejects.toThrow(LockHeld);
    await expect(second).rejects.toThrow(/process \d+ counts sheep since .*wait until it has ended/);
    expect(told).toHaveLength(1);
  });
});

test('an abort ends the wait', async () => {
  const path = fresh();
  const stop = new AbortController();
  await withLock(path, { purpose: 'counts sheep', wait: 0 }, async () => {
    const second = withLock(path, { purpose: 'x', wait: 60, signal: stop.signal }, () => Promise.resolve());
    stop.abort(new Error('enough'));
    await expect(second).rejects.toThrow();
  });
});

test('work that fails lets go', async () => {
  const path = fresh();
  const failing = withLock(path, { purpose: 'x', wait: 0 }, () => Promise.reject(new Error('broken')));
  await expect(failing).rejects.toThrow('broken');
  expect(await withLock(path, { purpose: 'y', wait: 0 }, () => Promise.resolve(43))).toBe(43);
});

test('a holder that is killed lets go, and what it wrote does not matter', async () => {
  const path = fresh();
  await withLock(path, { purpose: 'makes the folder', wait: 0 }, () => Promise.resolve());
  writeFileSync(path, '{"pid": "\u001b[31m no number"');
  const child = spawn('flock', [path, 'sh', '-c', 'echo ready; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  await once(child.stdout, 'data');
  await expect(withLock(path, { purpose: 'x', wait: 0 }, () => Promise.resolve())).rejects.toThrow(
    'another process holds it',
  );
  process.kill(-(child.pid ?? 0), 'SIGKILL');
  await withLock(path, { purpose: 'goes on', wait: 30 }, () => Promise.resolve());
  expect(readFileSync(path, 'utf8')).toContain('goes on');
});

test('a place that cannot hold a file is named', async () => {
  const file = join(dir, 'a-file');
  writeFileSync(file, '');
  const locking = withLock(join(file, 'a.lock'), { purpose: 'x', wait: 0 }, () => Promise.resolve());
  await expect(locking).rejects.toThrow(LockFailed);
});
