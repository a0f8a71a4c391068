import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FOLDER, removeStaleFolders, SOCKET } from './stale-folders.ts';

/** A process that has ended. */
const DEAD = spawnSync('true').pid;

async function temporary(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'code43-stale-'));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  return parent;
}

test('of the folders that killed processes left only the empty ones go', async () => {
  const parent = await temporary();
  const gone = `${FOLDER}${DEAD}-AbCd12`;
  const kept = {
    alive: `${FOLDER}${process.pid}-AbCd12`,
    foreign: `${FOLDER}1-AbCd12`,
    older: `${FOLDER}AbCd12`,
    longer: `${FOLDER}${DEAD}-AbCd12-mine`,
    full: `${FOLDER}${DEAD}-FuLl12`,
  };
  for (const name of [gone, ...Object.values(kept)]) await mkdir(join(parent, name));
  await writeFile(join(parent, kept.full, SOCKET), '');
  const [link, file] = [`${FOLDER}${DEAD}-LiNk12`, `${FOLDER}${DEAD}-FiLe12`];
  await symlink(join(parent, kept.older), join(parent, link));
  await writeFile(join(parent, file), 'a file');
  await removeStaleFolders(parent);
  expect((await readdir(parent)).toSorted()).toEqual([...Object.values(kept), link, file].toSorted());
});

test('sockets that nobody is behind any more go with their folder, others stay', async () => {
  const parent = await temporary();
  const server = createServer();
  server.listen(join(parent, 'alive'));
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const make = async (tag: string, names: readonly string[]): Promise<string> => {
    const folder = `${FOLDER}${DEAD}-${tag}`;
    await mkdir(join(parent, folder));
    // A socket of its own that nobody ever listened on.
    for (const name of names) execFileSync('cp', ['-a', join(parent, 'alive'), join(parent, folder, name)]);
    return folder;
  };
  await make('DeAd12', [SOCKET, `${SOCKET}.AbCdEfGhIjKlMnOp`]);
  const foreign = await make('OtHeR1', ['agent.sock']);
  const used = await make('UsEd12', []);
  await rename(join(parent, 'alive'), join(parent, used, SOCKET));
  await removeStaleFolders(parent);
  expect((await readdir(parent)).toSorted()).toEqual([foreign, used].toSorted());
  expect(await readdir(join(parent, foreign))).toEqual(['agent.sock']);
});

test('a folder that is not there is no trouble', async () => {
  await expect(removeStaleFolders(join(tmpdir(), 'code43-nowhere'))).resolves.toBeUndefined();
});
