import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { processStart } from '../wire/process-start.ts';
import { findPlaces, makePlace, placesDir } from './places.ts';

const PLACARD = { run: '20260102T030405Z-a-cell-abcdef', cell: 'a/cell', until: '2026-01-02T03:19:05.000Z' };

async function base(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'code43-places-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'places');
}

test('a place is found by what it says, and only its owner can enter', async () => {
  const folder = await base();
  const place = await makePlace(PLACARD, folder);
  expect(await findPlaces(folder)).toEqual([{ ...place, placard: PLACARD }]);
  for (const path of [folder, place.directory]) expect((await stat(path)).mode & 0o777).toBe(0o700);
});

test('what a killed process left behind is removed, also where its id is used again', async () => {
  const folder = await base();
  const place = await makePlace(PLACARD, folder);
  const child = spawn('sleep', ['1000']);
  const { pid = 0 } = child;
  const start = processStart(pid) ?? '';
  child.kill('SIGKILL');
  await once(child, 'exit');
  const dead = [
    `${pid}-${start}-00000000`,
    `${process.pid}-${Number(processStart(process.pid)) + 1}-00000000`,
  ];
  for (const name of dead) await mkdir(join(folder, name));
  expect(await findPlaces(folder)).toHaveLength(1);
  expect(await readdir(folder)).toEqual([place.directory.slice(folder.length + 1)]);
});

test('a directory that others can enter, or that only points somewhere, is refused', async () => {
  const folder = await base();
  await makePlace(PLACARD, folder);
  await chmod(folder, 0o755);
  await expect(makePlace(PLACARD, folder)).rejects.toThrow('nobody else can enter');
  await expect(findPlaces(folder)).rejects.toThrow('nobody else can enter');
  await symlink(folder, `${folder}-link`);
  await expect(findPlaces(`${folder}-link`)).rejects.toThrow('nobody else can enter');
});

test('a socket there has a path that is short enough', () => {
  for (const env of [{}, { XDG_RUNTIME_DIR: '/run/user/1000' }, { XDG_RUNTIME_DIR: 'relative' }])
    expect(join(placesDir(env), '4194304-18446744073709551615-00000000', 'socket').length).toBeLessThan(108);
});
