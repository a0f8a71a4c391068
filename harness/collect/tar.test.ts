import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { tarOf } from './tar.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'code43-tar-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

test('the system’s tar unpacks exactly what was packed', async () => {
  const sizes = [0, 1, 511, 512, 513, 70_000];
  const files = sizes.map((size) => ({
    name: `of-host/file-${size}.txt`,
    bytes: fc.sample(fc.uint8Array({ minLength: size, maxLength: size }), 1)[0] ?? new Uint8Array(),
  }));
  const place = await folder();
  await writeFile(join(place, 'a.tar'), tarOf(files, 1_800_000_000));
  expect(
    execFileSync('tar', ['-xvf', 'a.tar'], {
      cwd: place,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  ).toBe(files.map(({ name }) => `${name}\n`).join(''));
  expect(await readdir(join(place, 'of-host'))).toHaveLength(files.length);
  for (const { name, bytes } of files) {
    expect(Buffer.compare(await readFile(join(place, name)), bytes)).toBe(0);
    const { mode, mtimeMs } = await stat(join(place, name));
    expect([mode & 0o777, mtimeMs]).toEqual([0o600, 1_800_000_000_000]);
  }
});

test.each(['/etc/passwd', '../up', 'a/../../b', '', 'x'.repeat(101), 'ä', 'a\nb'])(
  'the name %j is refused',
  (name) => {
    expect(() => tarOf([{ name, bytes: new Uint8Array() }], 0)).toThrow(RangeError);
  },
);
