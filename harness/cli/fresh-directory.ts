import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** Writes one file, by its path below the directory. */
export type WriteFile = (path: string, content: string) => Promise<void>;

/**
 * Replaces a directory by what `fill` writes: built beside it and swapped at the end, so that a reader never sees half
 * of it, and the old one stays where `fill` fails. Drafts of processes that were killed are removed.
 */
export async function replaceDirectory<T>(
  target: string,
  fill: (write: WriteFile) => Promise<T>,
): Promise<T> {
  const whole = resolve(target);
  await removeDrafts(whole);
  const draft = `${whole}.${process.pid}.new`;
  try {
    await mkdir(draft, { recursive: true });
    const filled = await fill(async (path, content) => {
      const file = join(draft, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    });
    await rm(whole, { recursive: true, force: true });
    await rename(draft, whole);
    return filled;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function removeDrafts(target: string): Promise<void> {
  const names = await readdir(dirname(target)).catch(() => []);
  for (const name of names) {
    const pid = name.startsWith(`${basename(target)}.`) ? /\.(\d+)\.new$/.exec(name)?.[1] : undefined;
    if (pid !== undefined && !alive(Number(pid))) await rm(join(dirname(target), name), { recursive: true });
  }
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
