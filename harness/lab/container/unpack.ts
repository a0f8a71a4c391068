import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { downloadPackages } from '../../guest/image/packages.ts';
import { run } from '../../wire/shell.ts';
import type { PackageFile } from './closure.ts';

/** Folders of every Debian that are names for those below /usr (usrmerge). */
const MERGED = ['bin', 'sbin', 'lib', 'lib64'];
/** What no program reads. */
const LEFT_OUT = ['doc', 'man', 'info', 'locale'].map((name) => `--exclude=./usr/share/${name}`);
const SCRIPT =
  'deb=$1 tree=$2; shift 2; dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$tree" --keep-directory-symlink "$@"';
const UNPACK = ['sh', '-c', SCRIPT, 'sh'];

/**
 * Downloads packages and unpacks them into one tree. No script of theirs is run, so that nothing is configured, and
 * nothing is asked of this machine; needs no root.
 *
 * @throws CommandFailed, GuestBuildFailed
 */
export async function unpack(
  packages: readonly PackageFile[],
  tree: string,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(tree);
  const debs = await mkdtemp(`${tree}-debs-`);
  try {
    for (const name of MERGED) {
      await mkdir(join(tree, 'usr', name), { recursive: true });
      await symlink(join('usr', name), join(tree, name));
    }
    await downloadPackages(packages, debs, signal);
    const inTurn = pLimit(availableParallelism());
    await inTurn.map(packages, ({ file }) =>
      run([...UNPACK, join(debs, file), tree, ...LEFT_OUT], { signal, timeout: 300 }),
    );
  } finally {
    await rm(debs, { recursive: true, force: true });
  }
}
