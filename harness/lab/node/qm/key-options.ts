import type { OptionKind } from '../options.ts';

const ONE = `acpi agent args balloon bios boot cores cpu description efidisk0 freeze hotplug keyboard kvm localtime lock
  machine memory name numa onboot ostype protection rng0 scsihw smbios1 sockets startup tablet tags vcpus vga vmgenid`;
const MANY: readonly (readonly [string, number])[] = [
  ['hostpci', 16],
  ['net', 32],
  ['scsi', 31],
  ['serial', 4],
  ['virtio', 16],
  ['ide', 4],
  ['sata', 6],
];

/** Every key of a config that `qm set` and `qm create` take as an option. */
export const KEY_OPTIONS: Readonly<Record<string, OptionKind>> = Object.fromEntries([
  ...ONE.trim()
    .split(/\s+/)
    .map((key) => [key, 'string'] as const),
  ...MANY.flatMap(([family, count]) =>
    Array.from({ length: count }, (_, n) => [`${family}${n}`, 'string'] as const),
  ),
]);
