import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDisplayDriver } from './display-driver.ts';
import { TemplateRefused } from './template-refused.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'code43-driver-'));
  path = join(folder, 'driver');
});

afterEach(() => rm(folder, { recursive: true }));

const sha256 = (text: string): string => createHash('sha256').update(text, 'latin1').digest('hex');

test.each([
  ['zip', 'PK\x03\x04 driver files'],
  ['exe', 'MZ installer'],
])('a %s is known by its first bytes, and pinned by its digest in any case', async (kind, content) => {
  await writeFile(path, content, 'latin1');
  expect(await readDisplayDriver(path, sha256(content).toUpperCase())).toEqual({
    path,
    kind,
    sha256: sha256(content),
    size: content.length,
  });
});

test('without a digest it is not taken, and the one it has is named to be compared', async () => {
  await writeFile(path, 'MZ installer');
  const refused = readDisplayDriver(path, undefined);
  await expect(refused).rejects.toThrow(`--driver-sha256 ${sha256('MZ installer')}`);
  await expect(refused).rejects.toThrow(TemplateRefused);
});

test('another file than the one that was pinned is refused', async () => {
  await writeFile(path, 'MZ installer');
  await expect(readDisplayDriver(path, sha256('MZ other'))).rejects.toThrow('is another file');
});

test.each([['text'], [''], ['PK\x05\x06']])('%j is neither an archive nor a program', async (content) => {
  await writeFile(path, content, 'latin1');
  await expect(readDisplayDriver(path, sha256(content))).rejects.toThrow('neither');
});

test('what does not fit on the ISO is refused before it is read', async () => {
  await writeFile(path, 'MZ');
  await truncate(path, 4 * 1024 ** 3);
  await expect(readDisplayDriver(path, sha256('MZ'))).rejects.toThrow('fit on the ISO');
});
