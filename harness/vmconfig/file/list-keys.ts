import { defaultProperty } from '../values.ts';

// Lists that are never under test, by key without its number, and the property that a part without "=" gives.
// qemu-server 9.2.6, PVE/QemuServer.pm and PVE/QemuServer/{Drive,Network,USB,RNG,Virtiofs,Memory,CPUConfig}.pm.
const LISTS: ReadonlyMap<string, string> = new Map([
  ...['scsi', 'ide', 'sata', 'virtio', 'efidisk', 'tpmstate'].map((key): [string, string] => [key, 'file']),
  ...['smbios', 'meta', 'ipconfig', 'numa', 'audio', 'ivshmem', 'spice_enhancements', 'cicustom'].map(
    (key): [string, string] => [key, ''],
  ),
  ['net', 'model'],
  ['usb', 'host'],
  ['rng', 'source'],
  ['virtiofs', 'dirid'],
  ['boot', 'legacy'],
  ['startup', 'order'],
  ['watchdog', 'model'],
  ['amd-sev', 'type'],
  ['intel-tdx', 'type'],
]);

/** The property that a part without `=` gives in a key's list, empty where it needs a name; null for plain values. */
export function listDefault(key: string): string | null {
  return defaultProperty(key) ?? LISTS.get(key.replace(/\d+$/, '')) ?? null;
}
