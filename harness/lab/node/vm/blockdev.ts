import { createHash } from 'node:crypto';
import { volumeOf } from '../disk/volume.ts';

/** What limits a drive's traffic: nothing. */
export function throttle(id: string): string {
  return JSON.stringify({ id: `throttle-drive-${id}`, limits: {}, 'qom-type': 'throttle-group' });
}

interface Access {
  /** Past the page cache. */
  readonly direct: boolean;
  /** What the guest trims is given back. */
  readonly unmap: boolean;
}

/** The layers of one drive: throttle, format, file; keys in the order in which Proxmox writes them. */
export function blockdev(id: string, value: string, { direct, unmap }: Access): string {
  const volume = volumeOf(value);
  const node = (prefix: string): string => {
    const hash = createHash('sha256').update(`drive=${id},volid=${volume.id}`).digest('hex');
    return `${prefix}${hash.slice(0, 30)}`;
  };
  const cache = { direct, 'no-flush': false };
  const zeroes = { 'detect-zeroes': unmap ? 'unmap' : 'on', discard: unmap ? 'unmap' : 'ignore' };
  const file = { aio: 'io_uring', cache, ...zeroes, driver: 'file', filename: volume.path };
  const inFile = { ...file, 'node-name': node('e'), 'read-only': false };
  const format = { cache, ...zeroes, driver: volume.format, file: inFile };
  const inFormat = { ...format, 'node-name': node('f'), 'read-only': false };
  return JSON.stringify({
    ...zeroes,
    driver: 'throttle',
    file: inFormat,
    'node-name': `drive-${id}`,
    'read-only': false,
    'throttle-group': `throttle-drive-${id}`,
  });
}
