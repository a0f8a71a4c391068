import { createHash } from 'node:crypto';
import { stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createWhole, finished, prune } from '../../guest/image/store.ts';
import { cacheDir } from '../../wire/cache-dir.ts';
import type { PackageFile } from './closure.ts';

/** Counts changes to how packages are unpacked. */
const BUILDER = 1;

/** What is made of Debian packages and kept in the cache until a package changes. */
export interface Made {
  readonly path: string;
  /** 16 hex digits: of the packages that it was made of. */
  readonly digest: string;
}

/** Which one was made or asked for last; null: none was. Looks at the disk only. */
export async function findMade(what: string): Promise<Made | null> {
  const [newest] = await finished(join(cacheDir(), what));
  return newest === undefined ? null : { path: newest.path, digest: basename(newest.path) };
}

/** Gives what is made of these packages; `make` fills an empty folder with it where it is not there yet. */
export async function ensureMade(
  what: string,
  packages: readonly PackageFile[],
  make: (folder: string) => Promise<void>,
): Promise<Made> {
  const parent = join(cacheDir(), what);
  const of = JSON.stringify([BUILDER, packages]);
  const digest = createHash('sha256').update(of).digest('hex').slice(0, 16);
  const path = join(parent, digest);
  if ((await stat(path).catch(() => null)) === null) await createWhole(path, make);
  const now = new Date();
  await utimes(path, now, now);
  await prune(parent, now.getTime());
  return { path, digest };
}
