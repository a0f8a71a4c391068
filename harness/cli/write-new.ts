import { randomUUID } from 'node:crypto';
import { link, lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** Something has the name already; nothing is overwritten. */
export class IsThere extends Error {
  override readonly name = 'IsThere';

  constructor(path: string, options?: ErrorOptions) {
    super(`${path} is there already, and nothing is overwritten: give another name or move it away`, options);
  }
}

/**
 * Writes a file that only its owner may read: whole or not at all, and never over another.
 *
 * @throws IsThere; Node's own errors
 */
export async function writeNewFile(path: string, bytes: Uint8Array): Promise<void> {
  const whole = resolve(path);
  await refuseTaken(path);
  const draft = `${whole}.${randomUUID()}.tmp`;
  try {
    await writeOwn(draft, bytes);
    // Unlike a rename, a link never takes a name that somebody took in the meantime.
    await link(draft, whole).catch(taken(path));
  } finally {
    await rm(draft, { force: true });
  }
}

/** The same of a directory with these files. */
export async function writeNewDirectory(path: string, files: ReadonlyMap<string, string>): Promise<void> {
  const whole = resolve(path);
  await refuseTaken(path);
  const draft = `${whole}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(whole), { recursive: true });
    await mkdir(draft, { mode: 0o700 });
    for (const [name, text] of files) await writeOwn(join(draft, name), Buffer.from(text));
    // rename(2) replaces no directory that holds something, and no file by a directory.
    await rename(draft, whole).catch(taken(path));
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function refuseTaken(path: string): Promise<void> {
  if ((await lstat(resolve(path)).catch(() => null)) !== null) throw new IsThere(path);
}

async function writeOwn(path: string, bytes: Uint8Array): Promise<void> {
  await using file = await open(path, 'wx', 0o600);
  await file.writeFile(bytes);
  await file.sync();
}

function taken(path: string): (error: unknown) => never {
  return (error) => {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (!['EEXIST', 'ENOTEMPTY', 'ENOTDIR'].includes(String(code))) throw error;
    throw new IsThere(path, { cause: error });
  };
}
