import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { run } from '../../wire/shell.ts';
import { GuestBuildFailed } from './build-failed.ts';
import { unpackedKernel } from './kernel.ts';
import { inLoadOrder, moduleName } from './modules.ts';
import { downloadPackages, type DebianPackage } from './packages.ts';

/** The loader that every program of these packages asks for (System V ABI, x86-64). */
export const LOADER = 'ld-linux-x86-64.so.2';

/**
 * The agent's channel, memory statistics, how QEMU hears of a panic, and what stands in for a display driver in the
 * Linux guest.
 */
export const MODULES = [
  ...['virtio_pci', 'virtio_console', 'virtio_balloon'],
  ...['pvpanic_mmio', 'pvpanic_pci', 'uio_pci_generic'],
];
const LIBRARY_DIRS = ['usr/lib/x86_64-linux-gnu', 'lib/x86_64-linux-gnu'];

interface Work {
  readonly packages: readonly DebianPackage[];
  /** Empty directory that receives the parts. */
  readonly dir: string;
  readonly progress: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Downloads and unpacks the packages and keeps what guests are made of in `dir`:
 * `kernel`, `vmlinuz` (packed), `busybox`, `applets` (one a line), `qemu-ga`, `lib/*`, `modules/*.ko` and `modules/order`.
 *
 * @throws GuestBuildFailed
 */
export async function makeParts({ packages, dir, progress, signal }: Work): Promise<void> {
  const debs = join(dir, '.debs');
  const root = join(dir, '.root');
  await mkdir(debs);
  const megabytes = packages.reduce((total, { size }) => total + size, 0) / 1e6;
  progress(`downloading ${packages.length} Debian packages, ${megabytes.toFixed(0)} MB`);
  await downloadPackages(packages, debs, signal);
  progress('unpacking them');
  try {
    for (const { file } of packages)
      await run(['dpkg-deb', '-x', join(debs, file), root], { signal, timeout: 300 });
    await keepPrograms(root, dir, signal);
    await keepModules(root, dir, signal);
  } catch (error) {
    throw GuestBuildFailed.from('unpacking the packages of the guest images', error);
  }
  await rm(debs, { recursive: true });
  await rm(root, { recursive: true });
}

async function keepPrograms(root: string, dir: string, signal: AbortSignal): Promise<void> {
  const [kernel] = (await readdir(join(root, 'boot'))).filter((name) => name.startsWith('vmlinuz-'));
  if (kernel === undefined) throw new GuestBuildFailed("Debian's kernel package has no boot/vmlinuz-*");
  const image = await readFile(join(root, 'boot', kernel));
  await writeFile(join(dir, 'kernel'), unpackedKernel(image) ?? image);
  await writeFile(join(dir, 'vmlinuz'), image);
  await copyFirst(root, ['usr/bin/busybox', 'bin/busybox'], join(dir, 'busybox'));
  const { stdout } = await run([join(dir, 'busybox'), '--list'], { signal, timeout: 20 });
  await writeFile(join(dir, 'applets'), stdout);
  await copyFirst(root, ['usr/sbin/qemu-ga', 'usr/bin/qemu-ga'], join(dir, 'qemu-ga'));
  await keepLibraries(root, dir, signal);
}

/** Asks the packages' own loader which libraries the agent takes; it lists them without running the agent. */
async function keepLibraries(root: string, dir: string, signal: AbortSignal): Promise<void> {
  await mkdir(join(dir, 'lib'));
  const loader = join(dir, 'lib', LOADER);
  await copyFirst(
    root,
    LIBRARY_DIRS.map((each) => `${each}/${LOADER}`),
    loader,
  );
  const path = LIBRARY_DIRS.map((each) => join(root, each)).join(':');
  const { stdout } = await run([loader, '--library-path', path, '--list', join(dir, 'qemu-ga')], {
    signal,
    timeout: 20,
  });
  const missing = /^\s*(\S+) => not found$/m.exec(stdout)?.[1];
  if (missing !== undefined) throw new GuestBuildFailed(`no package of the guest images has ${missing}`);
  for (const [, name, file] of stdout.matchAll(/^\s*(\S+) => (.+) \(0x[0-9a-f]+\)$/gm)) {
    if (name !== undefined && file?.startsWith(root) === true)
      await copyFile(file, join(dir, 'lib', basename(name)));
  }
}

async function keepModules(root: string, dir: string, signal: AbortSignal): Promise<void> {
  const found = await Promise.all(
    ['lib/modules', 'usr/lib/modules'].map((each) => allFiles(join(root, each))),
  );
  const files = found.flat();
  const byName = new Map(files.map((file) => [moduleName(file), file]));
  const builtin = files.find((file) => basename(file) === 'modules.builtin');
  const inKernel = new Set(
    builtin === undefined ? [] : (await readFile(builtin, 'utf8')).split('\n').map(moduleName),
  );

  const modules = await inLoadOrder(MODULES, async (name) => {
    const file = byName.get(name);
    if (file !== undefined) return readFile(await decompressed(file, dir, signal));
    if (inKernel.has(name)) return null;
    throw new GuestBuildFailed(`Debian's kernel package has no module ${name}`);
  });
  await mkdir(join(dir, 'modules'));
  for (const { name, bytes } of modules) await writeFile(join(dir, 'modules', `${name}.ko`), bytes);
  await writeFile(join(dir, 'modules', 'order'), modules.map(({ name }) => `${name}\n`).join(''));
}

/** Debian 13 ships modules compressed; the guest's own busybox unpacks them, so that nothing need be installed. */
async function decompressed(file: string, dir: string, signal: AbortSignal): Promise<string> {
  if (!file.endsWith('.xz')) return file;
  await run([join(dir, 'busybox'), 'unxz', file], { signal, timeout: 60 });
  return file.slice(0, -'.xz'.length);
}

async function copyFirst(root: string, candidates: readonly string[], to: string): Promise<void> {
  for (const candidate of candidates) {
    const copied = await copyFile(join(root, candidate), to).then(
      () => true,
      () => false,
    );
    if (copied) return;
  }
  throw new GuestBuildFailed(`no package of the guest images has ${candidates.join(' or ')}`);
}

async function allFiles(dir: string): Promise<readonly string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
