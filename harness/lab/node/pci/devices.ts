import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PLACES } from '../places.ts';

/** Functions of the host at an address: itself, or of `0000:00:02` all. */
export function functionsAt(address: string): readonly string[] {
  const all = readdirSync(join(PLACES.pci, 'devices')).sort();
  return all.filter((name) => name === address || name.startsWith(`${address}.`));
}

export function devicePath(address: string): string {
  return join(PLACES.pci, 'devices', address);
}

/** The driver that has a device now. */
export function driverOf(address: string): string | null {
  try {
    return basename(readlinkSync(join(devicePath(address), 'driver')));
  } catch {
    return null;
  }
}

/** All that shares the device's IOMMU group, itself included; empty where there is no IOMMU. */
export function groupOf(address: string): readonly string[] {
  const group = join(devicePath(address), 'iommu_group/devices');
  return existsSync(group) ? readdirSync(group).sort() : [];
}
