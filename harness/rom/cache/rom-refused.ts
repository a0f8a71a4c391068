import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../../wire/atomic-file.ts';
import { romDigest } from './rom-cache.ts';

/** A file that is not the ROM it was to be. It is kept aside to be looked at; nothing ever takes a ROM from there. */
export class RomRefused extends Error {
  override readonly name = 'RomRefused';
  readonly ref: string;
  readonly why: 'not-a-rom' | 'digest';
  readonly sha256: string;
  readonly keptAt: string;

  constructor(
    ref: string,
    why: 'not-a-rom' | 'digest',
    facts: { readonly sha256: string; readonly keptAt: string; readonly said: string },
  ) {
    super(`ROM ${ref} was refused: ${facts.said}`);
    this.ref = ref;
    this.why = why;
    this.sha256 = facts.sha256;
    this.keptAt = facts.keptAt;
  }
}

const MOST_KEPT = 8;

/** Keeps a refused file, and the newest few besides it. Out: where. */
export async function keepAside(cacheDir: string, bytes: Uint8Array): Promise<string> {
  const folder = join(cacheDir, 'roms', 'refused');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${romDigest(bytes)}.bin`);
  await writeAtomically(path, bytes);
  const kept = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const file = join(folder, name);
      return { file, time: (await stat(file).catch(() => null))?.mtimeMs ?? 0 };
    }),
  );
  const old = kept.sort((a, b) => b.time - a.time).slice(MOST_KEPT);
  await Promise.all(old.map(({ file }) => rm(file, { force: true })));
  return path;
}
