import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fetchRom } from '../rom/cache/fetch-rom.ts';
import { writeTestRom } from '../rom/write.ts';
import { localCell } from '../test/local-cell.ts';
import { QemuHost } from './qemu/host.ts';
import { placeRom } from './rom-file.ts';

let cacheDir = '';
beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'code43-rom-'));
});
afterEach(async () => {
  await rm(cacheDir, { recursive: true });
});

const recipe = { ref: 'test/good', file: 'good.rom', sha256: null, url: null, recipe: 'good' };
const options = (): { deviceId: string; cacheDir: string } => ({ deviceId: '1234:1111', cacheDir });

function download(bytes: string): { ref: string; file: string; sha256: string; url: string; recipe: null } {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { ref: 'release/x', file: 'x.rom', sha256, url: 'https://example.invalid/x.rom', recipe: null };
}

test('a test ROM is written for the device, into a file named by its digest and nothing beside it', async () => {
  const rom = await placeRom(recipe, options());
  const bytes = await readFile(rom?.path ?? '');
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(rom?.sha256);
  expect(rom?.facts.images[0]).toMatchObject({ vendor: '1234', device: '1111' });
  expect(await readdir(join(cacheDir, 'roms'))).toEqual([`${rom?.sha256 ?? ''}.rom`]);
});

test('a test ROM that was damaged in the cache is written anew', async () => {
  const rom = await placeRom(recipe, options());
  await writeFile(rom?.path ?? '', 'damaged');
  await placeRom(recipe, options());
  expect((await readFile(rom?.path ?? '')).length).toBe(rom?.facts.size);
});

test('no ROM is no file', async () => {
  expect(await placeRom({ ref: 'none' }, options())).toBeNull();
});

test('a pinned download is taken from the cache', async () => {
  const rom = download('bytes');
  await mkdir(join(cacheDir, 'roms'));
  await writeFile(join(cacheDir, 'roms', `${rom.sha256}.rom`), 'bytes');
  expect(await placeRom(rom, options())).toMatchObject({ sha256: rom.sha256 });
});

test('a download that is damaged in the cache is refused', async () => {
  const rom = download('bytes');
  await mkdir(join(cacheDir, 'roms'));
  await writeFile(join(cacheDir, 'roms', `${rom.sha256}.rom`), 'others');
  await expect(placeRom(rom, options())).rejects.toThrow('is damaged in the cache');
});

test('a download that is missing says how to get it', async () => {
  await expect(placeRom(download('bytes'), options())).rejects.toThrow(
    /not in the cache .*: code43 rom fetch release\/x$/,
  );
  await expect(placeRom({ ...download('bytes'), url: null }, options())).rejects.toThrow('--from <file>');
});

describe('a download that is not pinned', () => {
  const open = { ...download('x'), sha256: null };
  const fetchIt = (recipe: 'good' | 'efi-only') => {
    const given = writeTestRom(recipe, { vendor: '8086', device: '46d1' });
    return fetchRom(open, { cacheDir, given });
  };

  test('is not used before it was fetched', async () => {
    await expect(placeRom(open, options())).rejects.toThrow('not pinned and was never fetched here');
  });

  test('is the one that was fetched, and the digest says which', async () => {
    const { sha256 } = await fetchIt('good');
    expect(await placeRom(open, options())).toMatchObject({ sha256 });
  });

  test('is in the trace of a run with the digest of its bytes', async () => {
    const { sha256 } = await fetchIt('good');
    const host = new QemuHost({ cacheDir, env: {} });
    const { rom } = await host.describe(localCell({ rom: open }));
    expect(rom).toMatchObject({ ref: 'release/x', sha256 });
  });

  test('stays the same for a process, even if another version is fetched meanwhile', async () => {
    const { sha256 } = await fetchIt('good');
    await placeRom(open, options());
    expect((await fetchIt('efi-only')).sha256).not.toBe(sha256);
    expect(await placeRom(open, options())).toMatchObject({ sha256 });
  });
});

test('an unknown recipe is refused', async () => {
  await expect(placeRom({ ...recipe, recipe: 'no-such' }, options())).rejects.toThrow('"no-such"');
});
