import { lstat, readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

/** How the folder of a connection is called: whose process made it stands in its name. */
export const FOLDER = 'code43-ssh-';

/**
 * Removes the folders of connections whose process was killed before it could. Only empty ones of this user go: ssh has
 * taken its socket away when it ended with that process, and where one is left somebody may still be behind it.
 *
 * @param parent where temporary folders are made
 */
export async function removeStaleFolders(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names) {
    const pid = new RegExp(`^${FOLDER}(\\d{1,9})-[A-Za-z0-9]{6}$`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const path = join(parent, name);
    const stats = await lstat(path).catch(() => null);
    // What cannot be removed is not ours, not empty, or already gone: all of that is well.
    if (stats?.isDirectory() === true && stats.uid === process.getuid?.())
      await rmdir(path).catch(() => null);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is one, of somebody else's.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
