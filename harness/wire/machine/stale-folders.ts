import { once } from 'node:events';
import { lstat, readdir, rmdir, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';

/** How the folder of a connection is called: whose process made it stands in its name. */
export const FOLDER = 'code43-ssh-';
/** What ssh listens on in it. */
export const SOCKET = 'connection';
/** Until it is ready ssh calls it otherwise (mux.c, muxserver_listen). */
const OURS = new RegExp(`^${SOCKET}(?:\\.\\w{16})?$`);

/**
 * Removes the folders of connections whose process was killed before it could. Only those of this user go, and only if
 * nothing is in them but sockets that nobody is behind any more: ssh, killed with that process, takes none away.
 *
 * @param parent where temporary folders are made
 */
export async function removeStaleFolders(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names) {
    const pid = new RegExp(`^${FOLDER}(\\d{1,9})-[A-Za-z0-9]{6}$`).exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await removeStale(join(parent, name));
  }
}

/** What cannot be removed is not ours, not empty, or already gone: all of that is well. */
async function removeStale(folder: string): Promise<void> {
  const stats = await lstat(folder).catch(() => null);
  if (stats?.isDirectory() !== true || stats.uid !== process.getuid?.()) return;
  const names = await readdir(folder).catch(() => []);
  for (const name of names)
    if (OURS.test(name) && (await isDead(join(folder, name))))
      await unlink(join(folder, name)).catch(() => null);
  await rmdir(folder).catch(() => null);
}

async function isDead(path: string): Promise<boolean> {
  if ((await lstat(path).catch(() => null))?.isSocket() !== true) return false;
  const socket = connect({ path });
  try {
    await once(socket, 'connect');
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
  } finally {
    socket.destroy();
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
