import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { DownloadFailed } from '../../wire/download-failed.ts';
import { sendStart, fileListener, serve } from '../../wire/file-server.fixture.ts';
import { writeTestRom } from '../write.ts';
import { fetchRom, knownDigest, type FetchOptions, type RomSource } from './fetch-rom.ts';
import { readReceipt } from './receipt.ts';
import { readCachedRom, removeOldDrafts, romDigest, romPath } from './rom-cache.ts';
import { RomRefused } from './rom-refused.ts';

const ROM = writeTestRom('good', { vendor: '8086', device: '46d1' });
const OTHER = writeTestRom('efi-only', { vendor: '8086', device: '46d1' });

let cacheDir = '';
beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'code43-fetch-'));
});
afterEach(async () => {
  await rm(cacheDir, { recursive: true });
});

function options(more: Partial<FetchOptions> = {}): FetchOptions {
  return { cacheDir, download: { plainLoopback: true, deadlines: { silence: 20, whole: 60 } }, ...more };
}

async function source(
  bytes: Uint8Array,
  sha256: string | null = null,
): Promise<RomSource & { asked: string[] }> {
  const { origin, asked } = await serve(fileListener(() => ({ bytes, etag: '"v1"' })));
  return { ref: 'some/v1/a', url: `${origin}/a.rom`, sha256, asked };
}

async function refusal(work: Promise<unknown>): Promise<RomRefused> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof RomRefused) return error;
  throw new Error('it was to be refused', { cause: error });
}

test('a pinned ROM comes into the cache under its digest, and is not fetched again', async () => {
  const rom = await source(ROM, romDigest(ROM));
  expect(await fetchRom(rom, options())).toMatchObject({ how: 'download', sha256: rom.sha256 });
  expect(Buffer.from(await readFile(romPath(cacheDir, romDigest(ROM)))).equals(ROM)).toBe(true);
  expect(await fetchRom(rom, options())).toMatchObject({ how: 'cached' });
  expect(rom.asked).toHaveLength(1);
});

test('a ROM that was damaged in the cache is fetched again', async () => {
  const rom = await source(ROM, romDigest(ROM));
  await fetchRom(rom, options());
  await writeFile(romPath(cacheDir, romDigest(ROM)), 'damaged');
  expect(await fetchRom(rom, options())).toMatchObject({ how: 'download' });
  expect(await readCachedRom(cacheDir, romDigest(ROM))).toBeInstanceOf(Uint8Array);
});

test('a ROM that nobody pinned is found again by what its URL gave', async () => {
  const rom = await source(ROM);
  expect(await knownDigest(rom, cacheDir)).toBeNull();
  const { sha256 } = await fetchRom(rom, options());
  expect(await knownDigest(rom, cacheDir)).toBe(sha256);
  expect(await readReceipt(cacheDir, rom.url ?? '')).toMatchObject({
    sha256,
    size: ROM.length,
    how: 'download',
  });
});

test('a receipt that somebody has damaged is none', async () => {
  const rom = await source(ROM);
  await fetchRom(rom, options());
  const folder = join(cacheDir, 'roms', 'fetched');
  const [name = ''] = await readdir(folder);
  await writeFile(join(folder, name), '{"schema":1,"sha256":"../../etc/passwd"}');
  expect(await knownDigest(rom, cacheDir)).toBeNull();
});

describe('another file than the pinned one', () => {
  it('is refused with both digests, kept aside, and never used', async () => {
    const rom = await source(OTHER, romDigest(ROM));
    const error = await refusal(fetchRom(rom, options()));
    expect(error.message).toContain(romDigest(OTHER));
    expect(error.message).toContain(romDigest(ROM));
    expect(Buffer.from(await readFile(error.keptAt)).equals(OTHER)).toBe(true);
    expect(await readCachedRom(cacheDir, romDigest(OTHER))).toBe('missing');
    expect(await knownDigest({ ...rom, sha256: null }, cacheDir)).toBeNull();
  });

  it('is kept aside eight times at most', async () => {
    for (let i = 0; i < 10; i += 1) {
      const bytes = writeTestRom('good', { vendor: '8086', device: `46d${i}` });
      await refusal(fetchRom({ ref: 'a/b', url: null, sha256: '0'.repeat(64) }, options({ given: bytes })));
    }
    expect(await readdir(join(cacheDir, 'roms', 'refused'))).toHaveLength(8);
  });
});

test.each([
  ['a web page', '<!DOCTYPE html><title>Sign in</title>', 'a web page'],
  ['nothing', '', 'an empty file'],
  ['an error message', '{"message":"Not Found"}', 'a JSON document'],
  ['an archive', 'PK\u0003\u0004...', 'a ZIP archive'],
  ['a pointer of Git LFS', 'version https://git-lfs.github.com/spec/v1\n', 'a Git LFS pointer'],
  ['a bare driver', `MZ${'\0'.repeat(5000)}`, 'a bare EFI driver'],
  ['anything else', 'x'.repeat(5000), 'no option ROM'],
])('%s in place of a ROM is refused and said to be that', async (_, text, said) => {
  const rom = await source(new TextEncoder().encode(text));
  const error = await refusal(fetchRom(rom, options()));
  expect(error.why).toBe('not-a-rom');
  expect(error.message).toContain(said);
});

test('a download that breaks off goes on from there the next time, and leaves nothing behind', async () => {
  let cut: (() => void) | null = null;
  const good = fileListener(() => ({ bytes: ROM, etag: '"v1"' }));
  const { origin, asked } = await serve((request, response) => {
    if (cut === null) cut = sendStart(response, ROM, 1500, '"v1"');
    else good(request, response);
  });
  const rom = { ref: 'some/v1/a', url: `${origin}/a.rom`, sha256: romDigest(ROM) };
  const download = { ...options().download, progress: () => cut?.() };
  await expect(fetchRom(rom, options({ download }))).rejects.toBeInstanceOf(DownloadFailed);
  expect(await readdir(join(cacheDir, 'roms'))).toEqual(['partial']);
  expect(await fetchRom(rom, options())).toMatchObject({ resumed: 1500, sha256: rom.sha256 });
  expect(asked.at(-1)).toBe('/a.rom bytes=1500-');
  expect(await readdir(join(cacheDir, 'roms', 'partial'))).toEqual([]);
});

test('two at once do not disturb each other, and no half file is ever seen', async () => {
  const rom = await source(ROM, romDigest(ROM));
  const all = await Promise.all(Array.from({ length: 8 }, () => fetchRom(rom, options({ again: true }))));
  expect(new Set(all.map(({ sha256 }) => sha256))).toEqual(new Set([romDigest(ROM)]));
  expect(await readdir(join(cacheDir, 'roms'))).toEqual(
    expect.arrayContaining([`${romDigest(ROM)}.rom`, 'fetched']),
  );
  expect((await readdir(join(cacheDir, 'roms'))).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('a draft that a killed process left is removed once it is old, and nothing else is', async () => {
  await fetchRom(await source(ROM), options());
  const draft = `${romPath(cacheDir, romDigest(ROM))}.${randomUUID()}.tmp`;
  await writeFile(draft, 'half');
  const now = (await stat(draft)).mtimeMs;
  expect(await removeOldDrafts(cacheDir, now + 1000)).toBe(0);
  expect(await removeOldDrafts(cacheDir, now + 2 * 60 * 60 * 1000)).toBe(1);
  expect(await readCachedRom(cacheDir, romDigest(ROM))).toBeInstanceOf(Uint8Array);
});
