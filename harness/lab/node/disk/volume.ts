import { join } from 'node:path';
import { propertyMap } from '../../../vmconfig/property-string.ts';
import { PLACES } from '../places.ts';
import { NotInStandIn } from '../refusal.ts';
import { refusal } from '../refusals.ts';

/** The node's one storage. */
export const STORAGE = 'local';

/** A disk image on the storage. */
export interface Volume {
  /** `local:110/vm-110-disk-0.qcow2`; of a linked clone `local:121/base-121-disk-0.qcow2/122/vm-122-disk-0.qcow2`. */
  readonly id: string;
  readonly path: string;
  readonly format: 'qcow2' | 'raw';
  readonly name: string;
}

/** The volume of a drive's value. @throws Refusal an unknown storage; NotInStandIn anything but an image */
export function volumeOf(value: string): Volume {
  const given = propertyMap(value, 'file');
  const id = given.get('file') ?? given.get('volume') ?? '';
  const [, storage = '', owner = '', name = ''] = /^([^:/]+):(?:.+\/)?([^/:]+)\/([^/]+)$/.exec(id) ?? [];
  if (storage !== '' && storage !== STORAGE) throw refusal('noSuchStorage', storage);
  if (owner === 'iso') return { id, name, format: 'raw', path: join(PLACES.storage, 'template/iso', name) };
  const format = /\.(qcow2|raw)$/.exec(name)?.[1];
  if (!/^\d+$/.test(owner) || (format !== 'qcow2' && format !== 'raw'))
    throw new NotInStandIn(`the volume ${id}`);
  return { id, name, format, path: join(PLACES.storage, 'images', owner, name) };
}

/** Whether a drive's value names a volume at all. */
export function hasVolume(value: string): boolean {
  return !/^(?:none|cdrom)\b/.test(value);
}
