import { randomUUID } from 'node:crypto';
import { link, open, rename, rm } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type ArchiveFile, tarOf } from './tar.ts';

/** A file that is already there, and is not ours to replace. */
export class ForeignFile extends Error {
  override readonly name = 'ForeignFile';
}

/**
 * Writes a `.tar.gz` that only its owner may read: whole, or not at all.
 *
 * @param force replace a file that is there, whatever it is
 * @throws ForeignFile there is such a file, and it is no archive of this kind
 */
export async function writeArchive(
  path: string,
  files: readonly ArchiveFile[],
  force: boolean,
): Promise<number> {
  const bytes = gzipSync(tarOf(files, Date.now() / 1000));
  const draft = `${path}.${randomUUID()}.tmp`;
  const replace = force || (await isOurs(path));
  try {
    // From the first byte on nobody else may read it.
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    if (replace) await rename(draft, path);
    // Unlike a rename, a link never takes a name that somebody took in the meantime.
    else await link(draft, path).catch(foreign(path));
  } finally {
    await rm(draft, { force: true });
  }
  return bytes.length;
}

function foreign(path: string): (error: unknown) => never {
  return (error) => {
    const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!taken) throw error;
    throw new ForeignFile(`${path} is there and was not written by this; --force replaces it`, {
      cause: error,
    });
  };
}

/** A small archive whose first file lies in this tool's folder. */
async function isOurs(path: string): Promise<boolean> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > 64 * 1024 * 1024) return false;
    const head = gunzipSync(await file.readFile(), { maxOutputLength: 512 * 1024 * 1024 });
    return head.subarray(0, 17).toString('latin1') === 'code43-collected/';
  } catch {
    return false;
  }
}
