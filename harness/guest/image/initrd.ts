import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cpio, type CpioFile } from './cpio.ts';
import { LOADER } from './parts.ts';
import type { Recipe } from './recipes.ts';

/** Puts an initramfs together from the parts in `parts` and the recipe's own files: a cpio archive, not compressed. */
export async function initrd(parts: string, recipe: Recipe): Promise<Uint8Array> {
  const file = async (from: string, path: string): Promise<CpioFile> => ({
    path,
    content: await readFile(join(parts, from)),
    executable: true,
  });
  const all = async (dir: string, to: string): Promise<readonly CpioFile[]> =>
    Promise.all((await readdir(join(parts, dir))).map((name) => file(`${dir}/${name}`, `${to}/${name}`)));

  const applets = (await readFile(join(parts, 'applets'), 'utf8'))
    .split('\n')
    .filter((name) => /^[\w[.-]+$/.test(name));
  const links = applets.map((name) => ({ path: `bin/${name}`, content: { link: 'busybox' } }));
  const own = Object.entries(recipe).map(([path, text]) => ({
    path,
    content: Buffer.from(text),
    executable: true,
  }));
  const empty = ['dev', 'proc', 'sys', 'run', 'tmp'].map((dir) => ({
    path: `${dir}/.keep`,
    content: Buffer.alloc(0),
  }));
  return cpio([
    ...links,
    ...empty,
    await file('busybox', 'bin/busybox'),
    await file('qemu-ga', 'usr/sbin/qemu-ga'),
    await file(`lib/${LOADER}`, `lib64/${LOADER}`),
    ...(await all('lib', 'lib/x86_64-linux-gnu')),
    ...(await all('modules', 'lib/modules')),
    ...own,
  ]);
}
