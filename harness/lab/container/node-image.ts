import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../wire/shell.ts';
import { closure } from './closure.ts';
import { ensureMade, findMade } from './debian-store.ts';
import { nodeLibraries } from './node-libraries.ts';
import { unpack } from './unpack.ts';

/** What a stand-in node calls, beside what every Debian has. */
const PACKAGES = [
  ...['?essential', 'usr-is-merged', 'mount', 'procps', 'openssh-server', 'socat'],
  ...['qemu-system-x86', 'qemu-utils', 'seabios', 'ovmf'],
];
const STORE = 'lab-image';
const ARCHIVE = 'root.tar';

/** An image of a file system on which a stand-in node can be made. */
export interface NodeImage {
  /** An archive of tar's. */
  readonly file: string;
  /** Under which a container runtime has it; another one where a package has changed. */
  readonly tag: string;
}

/** The image that set-up has made; null: none. */
export async function findNodeImage(): Promise<NodeImage | null> {
  const made = await findMade(STORE);
  return made === null ? null : imageOf(made);
}

/**
 * Makes the image if it is not there. Node.js and what the node runs are no part of it: they are shown to it when it starts.
 *
 * @throws CommandFailed, GuestBuildFailed
 */
export async function ensureNodeImage(signal: AbortSignal): Promise<NodeImage> {
  const packages = await closure([...PACKAGES, ...(await nodeLibraries(signal))], signal);
  const made = await ensureMade(STORE, packages, async (folder) => {
    const tree = join(folder, 'tree');
    await unpack(packages, tree, signal);
    const pack = ['tar', '--create', '--owner=0', '--group=0', '--numeric-owner', '--directory', tree];
    await run([...pack, '--file', join(folder, ARCHIVE), '.'], { signal, timeout: 300 });
    await rm(tree, { recursive: true });
  });
  return imageOf(made);
}

function imageOf({ path, digest }: { readonly path: string; readonly digest: string }): NodeImage {
  return { file: join(path, ARCHIVE), tag: digest };
}
