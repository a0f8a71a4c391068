import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isInstalled } from './node-modules.mjs';

const LOCK = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/tool': { version: '2.0.0', dev: true },
  'node_modules/native': { version: '3.0.0', optional: true },
};

async function installed(there: Readonly<Record<string, object>> | null, dev: boolean): Promise<boolean> {
  const dir = await mkdtemp(join(tmpdir(), 'code43-npm-'));
  try {
    await writeFile(join(dir, 'package-lock.json'), JSON.stringify({ packages: LOCK }));
    await mkdir(join(dir, 'node_modules'));
    if (there !== null)
      await writeFile(join(dir, 'node_modules/.package-lock.json'), JSON.stringify({ packages: there }));
    return isInstalled(dir, dev);
  } finally {
    await rm(dir, { recursive: true });
  }
}

const a = LOCK['node_modules/a'];
const tool = LOCK['node_modules/tool'];

test.each([
  ['nothing is there', null, true, false],
  ['all but an optional package is there', { 'node_modules/a': a, 'node_modules/tool': tool }, true, true],
  ['a tool is missing for the tests', { 'node_modules/a': a }, true, false],
  ['a tool is missing for a run', { 'node_modules/a': a }, false, true],
  ['a version differs', { 'node_modules/a': { version: '1.0.1' }, 'node_modules/tool': tool }, true, false],
])('where %s', async (_, there, dev, expected) => {
  expect(await installed(there, dev)).toBe(expected);
});
