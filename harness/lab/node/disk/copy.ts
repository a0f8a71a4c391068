import { closeSync, openSync, truncateSync, writeSync } from 'node:fs';
import { takeFault } from '../fault.ts';
import { ImageFailed, qemuImg, removeImage, sizeOf } from './image.ts';
import type { Volume } from './volume.ts';

const MEBIBYTE = 1024 * 1024;

/**
 * Copies a disk whole, and says how far it is. @param snapshot of the disk, that is copied instead of its present state
 *
 * @throws ImageFailed
 */
export async function copyImage(
  from: Volume,
  to: Volume,
  snapshot: string | null,
  vmid: number,
  say: (text: string) => void,
): Promise<void> {
  const size = await sizeOf(from);
  say(await qemuImg('create', '-o', 'preallocation=metadata', '-f', 'qcow2', to.path, String(size)));
  say(`allocated target volume '${to.id}'\n`);
  say(`transferred 0.0 B of ${human(size)} (0.00%)\n`);
  failHalfWay(to, vmid, say, size);
  const of = snapshot === null ? [] : ['-l', `snapshot.name=${snapshot}`];
  await qemuImg('convert', '-n', '-U', ...of, '-f', from.format, '-O', 'qcow2', from.path, to.path);
  say(`transferred ${human(size)} of ${human(size)} (100.00%)\n`);
}

function failHalfWay(to: Volume, vmid: number, say: (text: string) => void, size: number): void {
  const dies = takeFault('clone-dies', vmid) !== null;
  if (!dies && takeFault('clone-fails', vmid) === null) return;
  say(`transferred ${human(size / 2)} of ${human(size)} (50.00%)\n`);
  const file = openSync(to.path, 'r+');
  writeSync(file, Buffer.alloc(MEBIBYTE, 0xa5), 0, MEBIBYTE, 8 * MEBIBYTE);
  closeSync(file);
  truncateSync(to.path, 9 * MEBIBYTE);
  if (dies) process.kill(process.pid, 'SIGKILL');
  removeImage(to);
  throw new ImageFailed(`copy failed: qemu-img: error while writing at byte ${size / 2}: Input/output error`);
}

/** `2.0 GiB`, as the transcripts of clones have it. */
function human(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let size = bytes;
  let unit = 0;
  for (; size >= 1024 && unit < units.length - 1; unit++) size /= 1024;
  return `${size.toFixed(1)} ${units[unit] ?? ''}`;
}
