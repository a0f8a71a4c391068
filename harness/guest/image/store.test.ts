import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWhole, discard, finished, prune } from './store.ts';

let store = '';
beforeEach(async () => {
  store = await mkdtemp(join(tmpdir(), 'code43-store-'));
});
afterEach(() => rm(store, { recursive: true }));

const DAY = 24 * 3600;
const NOW = 2_000_000_000;

/** A directory last used so many seconds ago. */
async function old(name: string, age: number): Promise<void> {
  await mkdir(join(store, name));
  await utimes(join(store, name), NOW - age, NOW - age);
}

test('a directory appears whole', async () => {
  await createWhole(join(store, 'new'), (dir) => writeFile(join(dir, 'file'), 'x'));
  expect(await readdir(store)).toEqual(['new']);
});

test('nothing is left of a build that fails', async () => {
  const failing = createWhole(join(store, 'new'), async (dir) => {
    await writeFile(join(dir, 'file'), 'x');
    throw new Error('disk full');
  });
  await expect(failing).rejects.toThrow('disk full');
  expect(await readdir(store)).toEqual([]);
});

test('of two builds at once the first to finish stays, and the other ends well', async () => {
  const builds = ['a', 'b'].map((text) =>
    createWhole(join(store, 'new'), (dir) => writeFile(join(dir, text), '')),
  );
  await Promise.all(builds);
  expect(await readdir(store)).toEqual(['new']);
  expect(await readdir(join(store, 'new'))).toHaveLength(1);
});

test('pruning keeps the last two, whatever was used this week, and whatever it does not know', async () => {
  await old('000000000000000a', 30 * DAY);
  await old('000000000000000b', 20 * DAY);
  await old('000000000000000c', 10 * DAY);
  await old('000000000000000d', 6 * DAY);
  await old('000000000000000e', 1 * DAY);
  await old('my-own-files', 90 * DAY);
  await old('.building-left', 1 * DAY);
  await old('.building-running', 60);
  await prune(store, NOW * 1000);
  expect((await readdir(store)).sort()).toEqual([
    '.building-running',
    '000000000000000d',
    '000000000000000e',
    'my-own-files',
  ]);
});

test('the most recently used comes first, and a missing store is empty', async () => {
  await old('000000000000000a', 5);
  await old('000000000000000b', 3);
  expect((await finished(store)).map(({ path }) => path.at(-1))).toEqual(['b', 'a']);
  expect(await finished(join(store, 'nowhere'))).toEqual([]);
});

test('discarding what is not there does nothing', async () => {
  await discard(join(store, 'nowhere'));
  expect(await readdir(store)).toEqual([]);
});
