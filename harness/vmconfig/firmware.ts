import { valueOf } from './parse.ts';
import type { Part, Setting } from './part.ts';
import { isOn, propertyMap } from './property-string.ts';

/** What Proxmox says where `bios: ovmf` has no `efidisk0` (PVE/QemuServer/OVMF.pm, print_ovmf_drive_commandlines). */
export const TEMPORARY_VARS = 'no efidisk configured! Using temporary efivars disk.';

/**
 * UEFI firmware in two flash devices: code, and the VM's own copy of a template of variables. Which ones is decided by
 * `efidisk0`; Secure Boot's firmware needs SMM, so only q35 gets it. Source: PVE/QemuServer/OVMF.pm, get_ovmf_files.
 */
export function firmware({ config, machine, path }: Setting): Part {
  if (!machine.ovmf) return { argv: [] };
  const disk = valueOf(config, 'efidisk0');
  const given = propertyMap(disk, 'file');
  const large = given.get('efitype') === '4m';
  const code = large ? `OVMF_CODE_4M${machine.q35 ? '.secboot' : ''}.fd` : 'OVMF_CODE.fd';
  // Keys can only be enrolled in the larger kind.
  const keys = large && isOn(given.get('pre-enrolled-keys'));
  const vars = large ? `OVMF_VARS_4M${keys ? '.ms' : ''}.fd` : 'OVMF_VARS.fd';
  return {
    argv: [
      '-blockdev',
      `driver=raw,node-name=pflash0,read-only=on,file.driver=file,file.filename=${path('firmware')}`,
      '-blockdev',
      `driver=raw,node-name=drive-efidisk0,file.driver=file,file.filename=${path('efidisk0')}`,
    ],
    flags: ['pflash0=pflash0', 'pflash1=drive-efidisk0'],
    files: [
      { id: 'firmware', kind: 'firmware', name: code },
      { id: 'efidisk0', kind: 'vars', name: vars, kept: disk !== null },
    ],
  };
}
