import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FOLDER, removeStaleFolders } from './stale-folders.ts';

/** A process that has ended. */
const DEAD = spawnSync('true').pid;

test('of the folders that killed processes left only the empty ones go', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'code43-stale-'));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  const gone = `${FOLDER}${DEAD}-AbCd12`;
  const kept = {
    alive: `${FOLDER}${process.pid}-AbCd12`,
    foreign: `${FOLDER}1-AbCd12`,
    older: `${FOLDER}AbCd12`,
    longer: `${FOLDER}${DEAD}-AbCd12-mine`,
    full: `${FOLDER}${DEAD}-FuLl12`,
  };
  for (const name of [gone, ...Object.values(kept)]) await mkdir(join(parent, name));
  await writeFile(join(parent, kept.full, 'connection'), '');
  const [link, file] = [`${FOLDER}${DEAD}-LiNk12`, `${FOLDER}${DEAD}-FiLe12`];
  await symlink(join(parent, kept.older), join(parent, link));
  await writeFile(join(parent, file), 'a file');
  await removeStaleFolders(parent);
  expect((await readdir(parent)).toSorted()).toEqual([...Object.values(kept), link, file].toSorted());
});

test('a folder that is not there is no trouble', async () => {
  await expect(removeStaleFolders(join(tmpdir(), 'code43-nowhere'))).resolves.toBeUndefined();
});
