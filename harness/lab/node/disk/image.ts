import { mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { PLACES } from '../places.ts';
import { program } from '../program.ts';
import { STORAGE, type Volume, volumeOf } from './volume.ts';

const InfoSchema = z.object({
  'virtual-size': z.int(),
  snapshots: z.optional(z.array(z.object({ name: z.string() }))),
});

/** qemu-img could not do its work; the message is its own. */
export class ImageFailed extends Error {
  override readonly name = 'ImageFailed';
}

/** @returns what it printed @throws ImageFailed */
export async function qemuImg(...words: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await program(['qemu-img', ...words]);
  if (code !== 0) throw new ImageFailed((stderr + stdout).trim());
  return stdout;
}

/** A name for a new disk of a VM: the first number that is free. */
export function newVolume(vmid: number, format: Volume['format'] = 'qcow2'): Volume {
  const folder = join(PLACES.storage, 'images', String(vmid));
  mkdirSync(folder, { recursive: true });
  const taken = readdirSync(folder);
  let n = 0;
  while (taken.some((name) => name.startsWith(`vm-${vmid}-disk-${n}.`))) n += 1;
  return volumeOf(`${STORAGE}:${vmid}/vm-${vmid}-disk-${n}.${format}`);
}

/** Makes an empty disk. @param size as qemu-img reads it: bytes, or `1G` @returns what qemu-img said */
export async function createImage({ path, format }: Volume, size: string): Promise<string> {
  const options = format === 'qcow2' ? 'preallocation=metadata' : 'preallocation=off';
  return qemuImg('create', '-o', options, '-f', format, path, size);
}

/** Removes a disk, and the VM's folder with its last one. */
export function removeImage({ path }: Volume): void {
  rmSync(path, { force: true });
  try {
    rmdirSync(dirname(path));
  } catch {
    // It holds others.
  }
}

/** Removes every disk that bears a VM's number. */
export function removeImagesOf(vmid: number): void {
  rmSync(join(PLACES.storage, 'images', String(vmid)), { recursive: true, force: true });
}

/** Bytes that the guest sees. */
export async function sizeOf(volume: Volume): Promise<number> {
  return (await infoOf(volume))['virtual-size'];
}

/** Names of the snapshots within the image. */
export async function snapshotsOf(volume: Volume): Promise<readonly string[]> {
  return ((await infoOf(volume)).snapshots ?? []).map(({ name }) => name);
}

async function infoOf({ path, format }: Volume): Promise<z.infer<typeof InfoSchema>> {
  // A running QEMU has the image, too.
  return InfoSchema.parse(JSON.parse(await qemuImg('info', '-U', '--output=json', '-f', format, path)));
}

/** As it stands in `size=`. */
export function sizeText(bytes: number): string {
  const units = ['', 'K', 'M', 'G', 'T'];
  let unit = 0;
  let size = bytes;
  while (size % 1024 === 0 && unit < units.length - 1 && size > 0) {
    size /= 1024;
    unit += 1;
  }
  return `${size}${units[unit] ?? ''}`;
}
