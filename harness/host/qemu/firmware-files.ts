import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Debian's package ovmf, and the one of a Proxmox node. */
const FOLDERS = ['/usr/share/OVMF', '/usr/share/pve-edk2-firmware'];

/** The path of a file of the UEFI firmware such as `OVMF_CODE_4M.fd`; null where it is not installed. */
export function findFirmware(name: string): string | null {
  return FOLDERS.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}
