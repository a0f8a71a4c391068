import { createHash } from 'node:crypto';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../../wire/atomic-file.ts';
import { MAX_ROM_BYTES } from '../read.ts';

/** The digest by which a ROM is known: sha256, 64 lower-case hex digits. */
export function romDigest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Where the ROM with this digest lies, or would lie. */
export function romPath(cacheDir: string, sha256: string): string {
  return join(cacheDir, 'roms', `${sha256}.rom`);
}

/**
 * Reads a ROM of the cache, and checks that it still is what its name says.
 * Out: `missing` if there is no such file, `damaged` if its bytes have another digest or it is larger than a ROM.
 */
export async function readCachedRom(
  cacheDir: string,
  sha256: string,
): Promise<Uint8Array | 'missing' | 'damaged'> {
  const bytes = await readAtMost(romPath(cacheDir, sha256), MAX_ROM_BYTES + 1);
  if (bytes === null) return 'missing';
  return bytes.length <= MAX_ROM_BYTES && romDigest(bytes) === sha256 ? bytes : 'damaged';
}

/** Puts a ROM into the cache under its digest; others see it whole or not at all. Out: its digest. */
export async function putRom(cacheDir: string, bytes: Uint8Array): Promise<string> {
  const sha256 = romDigest(bytes);
  await writeAtomically(romPath(cacheDir, sha256), bytes);
  return sha256;
}

/** The digests in the names of all ROMs in the cache, sorted. */
export async function cachedDigests(cacheDir: string): Promise<readonly string[]> {
  const names = await readdir(join(cacheDir, 'roms')).catch(() => []);
  return names.flatMap((name) => /^([0-9a-f]{64})\.rom$/.exec(name)?.[1] ?? []).sort();
}

/** Older than any download may last. */
const OLD_MS = 60 * 60 * 1000;

/** Removes drafts that a killed process left in the cache. Out: how many. */
export async function removeOldDrafts(cacheDir: string, now: number): Promise<number> {
  const names = await readdir(join(cacheDir, 'roms'), { recursive: true }).catch(() => []);
  let removed = 0;
  for (const name of names.filter((each) => /\.[0-9a-f-]{36}\.tmp$/.test(each))) {
    const path = join(cacheDir, 'roms', name);
    const time = (await stat(path).catch(() => null))?.mtimeMs ?? now;
    if (now - time < OLD_MS) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}

/** Reads at most so many bytes of a file; null if there is none that can be read. */
export async function readAtMost(path: string, most: number): Promise<Uint8Array | null> {
  try {
    await using handle = await open(path, 'r');
    const { size } = await handle.stat();
    const buffer = new Uint8Array(Math.min(size, most));
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } catch {
    return null;
  }
}
