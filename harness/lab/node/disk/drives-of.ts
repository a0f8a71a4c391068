import { isCdrom } from '../../../vmconfig/volume.ts';
import type { Section } from '../conf/conf.ts';
import { DRIVE_KEY } from '../conf/keys.ts';
import { hasVolume, type Volume, volumeOf } from './volume.ts';

export interface Drive {
  /** `scsi0` */
  readonly key: string;
  readonly value: string;
  readonly volume: Volume;
}

/** The disks of a VM in the order of their keys; unused ones only where they are asked for, CD-ROMs never. */
export function drivesOf({ entries }: Section, { unused = false } = {}): readonly Drive[] {
  return [...entries]
    .filter(([key]) => DRIVE_KEY.test(key) || (unused && /^unused\d+$/.test(key)))
    .filter(([, value]) => !isCdrom(value) && hasVolume(value))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => ({ key, value, volume: volumeOf(value) }));
}

/** The drive's value with another volume in it. */
export function withVolume(value: string, { id }: Volume): string {
  return [id, ...value.split(',').slice(1)].join(',');
}
