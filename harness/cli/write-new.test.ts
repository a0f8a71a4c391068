import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { IsThere, writeNewDirectory, writeNewFile } from './write-new.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'code43-new-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

const FILES = new Map([['a.txt', 'a']]);

test('what is written is its owner’s alone, and nothing else is left', async () => {
  const place = await folder();
  await writeNewFile(join(place, 'one'), Buffer.from('1'));
  await writeNewDirectory(join(place, 'deep/two'), FILES);
  expect(await readFile(join(place, 'one'), 'utf8')).toBe('1');
  expect(await readFile(join(place, 'deep/two/a.txt'), 'utf8')).toBe('a');
  const modes = await Promise.all(
    ['one', 'deep/two', 'deep/two/a.txt'].map((path) => stat(join(place, path))),
  );
  expect(modes.map(({ mode }) => mode & 0o777)).toEqual([0o600, 0o700, 0o600]);
  expect((await readdir(place)).sort()).toEqual(['deep', 'one']);
});

test.each(['a file', 'an empty directory', 'a full directory', 'a link that leads nowhere'])(
  '%s that is there stays as it is',
  async (what) => {
    const place = await folder();
    const path = join(place, 'there');
    if (what === 'a file') await writeFile(path, 'mine');
    else if (what.startsWith('a link')) await symlink(join(place, 'nowhere'), path);
    else await mkdir(path);
    if (what === 'a full directory') await writeFile(join(path, 'mine'), '');
    await expect(writeNewFile(path, Buffer.from('1'))).rejects.toThrow(IsThere);
    await expect(writeNewDirectory(path, FILES)).rejects.toThrow(IsThere);
    expect(await readdir(place)).toEqual(['there']);
  },
);
