import { propertyMap } from './property-string.ts';

const UNITS: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };
const LARGEST = 2 * 2 ** 40;
/** What devices count in. */
const SECTOR = 512;

/** Whether a drive's value is a CD-ROM drive (qemu-server PVE/QemuServer/Drive.pm, drive_is_cdrom). */
export function isCdrom(value: string): boolean {
  return propertyMap(value, 'file').get('media') === 'cdrom';
}

/**
 * How large the disk of a drive's value is, in bytes: its `size=`, else what `<storage>:<GiB>` asks to be made
 * (Drive.pm, $NEW_DISK_RE). Null where neither says, and beyond 2 TiB.
 */
export function diskBytes(value: string): number | null {
  const given = propertyMap(value, 'file');
  const made = /^[^:]+:(\d+(?:\.\d+)?)$/.exec(given.get('file') ?? given.get('volume') ?? '')?.[1];
  const size = given.get('size') ?? (made === undefined ? '' : `${made}G`);
  const [, count = '', unit = ''] = /^(\d+(?:\.\d+)?)([KMGT]?)$/.exec(size) ?? [];
  const bytes = Math.ceil((Number(count) * (UNITS[unit] ?? 0)) / SECTOR) * SECTOR;
  return bytes > 0 && bytes <= LARGEST ? bytes : null;
}
