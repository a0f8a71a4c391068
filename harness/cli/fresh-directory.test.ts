import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { replaceDirectory } from './fresh-directory.ts';

let parent = '';
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'code43-fresh-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

test('only what was written stands there afterwards', async () => {
  const site = join(parent, 'site');
  await replaceDirectory(site, (write) => write('old/page.html', 'old'));
  await replaceDirectory(site, (write) => write('new/page.html', 'new'));
  expect(await readdir(site)).toEqual(['.made-by-code43', 'new']);
  expect(await readdir(parent)).toEqual(['site']);
});

test('where writing fails, the old one stays and no draft is left', async () => {
  const site = join(parent, 'site');
  await replaceDirectory(site, (write) => write('page.html', 'old'));
  const broken = replaceDirectory(site, async (write) => {
    await write('page.html', 'half');
    throw new Error('the disk is full');
  });
  await expect(broken).rejects.toThrow('the disk is full');
  expect(await readFile(join(site, 'page.html'), 'utf8')).toBe('old');
  expect(await readdir(parent)).toEqual(['site']);
});

test('what somebody else put there is never replaced', async () => {
  const file = join(parent, 'notes.txt');
  await writeFile(file, 'mine');
  for (const target of [file, parent]) {
    const refused = replaceDirectory(target, (write) => write('page.html', 'new'));
    await expect(refused).rejects.toThrow('was not made by code43');
  }
  expect(await readFile(file, 'utf8')).toBe('mine');
});

test('an empty directory is taken', async () => {
  const site = join(parent, 'site');
  await mkdir(site);
  await replaceDirectory(site, (write) => write('page.html', 'new'));
  expect(await readFile(join(site, 'page.html'), 'utf8')).toBe('new');
});

test('drafts of a process that is gone are removed', async () => {
  const site = join(parent, 'site');
  // No process has an id beyond the kernel's limit of 2^22 (proc(5), pid_max).
  for (const left of ['new', 'old']) await writeFile(join(parent, `site.code43-4194399.${left}`), 'left');
  await replaceDirectory(site, (write) => write('page.html', 'new'));
  expect(await readdir(parent)).toEqual(['site']);
});
