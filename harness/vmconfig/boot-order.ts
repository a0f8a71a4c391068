import { splitKey } from './keys.ts';
import { valueOf, type VmConfig } from './parse.ts';
import { propertyMap } from './property-string.ts';
import { isCdrom } from './volume.ts';

/** The order in which Proxmox goes through a VM's drives (qemu-server PVE/QemuServer/Drive.pm, valid_drive_names). */
const FAMILIES = ['ide', 'scsi', 'virtio', 'sata'];
const LEGACY = 'cdn';

/** A drive as the config has it: `scsi0` and its value. */
export interface ConfigDrive {
  readonly id: string;
  readonly family: string;
  readonly index: number;
  readonly value: string;
}

/** Disks and CD-ROM drives in Proxmox's order; `cdrom:` is another word for `ide2:`. */
export function drivesOf(config: VmConfig): readonly ConfigDrive[] {
  return config.entries
    .map(({ key, value }) => ({ id: key === 'cdrom' ? 'ide2' : key, value }))
    .flatMap(({ id, value }) => {
      const { family, index } = splitKey(id);
      return index !== null && FAMILIES.includes(family) ? [{ id, family, index, value }] : [];
    })
    .sort((a, b) => FAMILIES.indexOf(a.family) - FAMILIES.indexOf(b.family) || a.index - b.index);
}

/** Network cards in order: `net0` and its value. */
export function netsOf(config: VmConfig): readonly ConfigDrive[] {
  return config.entries
    .flatMap(({ key, value }) => {
      const { family, index } = splitKey(key);
      return family === 'net' && index !== null ? [{ id: key, family, index, value }] : [];
    })
    .sort((a, b) => a.index - b.index);
}

/** `bootindex` by device. Source: PVE/QemuServer.pm, device_bootorder and bootorder_from_legacy. */
export function bootOrder(config: VmConfig): ReadonlyMap<string, number> {
  const boot = propertyMap(valueOf(config, 'boot'), 'legacy');
  const order = boot.get('order');
  if (order !== undefined && !boot.has('legacy'))
    return new Map(order.split(';').map((id, index) => [id, 100 + index]));
  return legacyOrder(config, boot.get('legacy') ?? LEGACY);
}

function legacyOrder(config: VmConfig, letters: string): ReadonlyMap<string, number> {
  const next = new Map(Array.from(letters).map((letter, index) => [letter, 100 * (index + 1)]));
  const take = (letter: string): number | null => {
    const index = next.get(letter);
    if (index === undefined) return null;
    next.set(letter, index + 1);
    return index;
  };
  const bootdisk = valueOf(config, 'bootdisk');
  const found: [string, number][] = [];
  for (const { id, value } of drivesOf(config)) {
    const index = take(isCdrom(value) ? 'd' : 'c');
    if (index !== null && (isCdrom(value) || id === bootdisk)) found.push([id, index]);
  }
  for (const { id } of netsOf(config)) {
    const index = take('n');
    if (index !== null) found.push([id, index]);
  }
  return new Map(found);
}
