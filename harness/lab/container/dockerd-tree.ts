import { join } from 'node:path';
import { closure } from './closure.ts';
import { ensureMade, findMade } from './debian-store.ts';
import { unpack } from './unpack.ts';

const STORE = 'dockerd';
const TREE = 'tree';

/** Where Debian's dockerd is unpacked; null: nowhere. */
export async function findDockerd(): Promise<string | null> {
  const made = await findMade(STORE);
  return made === null ? null : join(made.path, TREE);
}

/**
 * Unpacks Debian's dockerd with all that it calls and is linked against. It is not installed: the package would start a
 * service of its own, now and at every boot, that changes the machine's network.
 *
 * @throws CommandFailed, GuestBuildFailed
 */
export async function ensureDockerd(signal: AbortSignal): Promise<string> {
  const needed = await closure(['docker.io'], signal);
  // This machine's loader goes with this machine's C library.
  const packages = needed.filter(({ file }) => !file.startsWith('libc6_'));
  const { path } = await ensureMade(STORE, packages, (folder) =>
    unpack(packages, join(folder, TREE), signal),
  );
  return join(path, TREE);
}
