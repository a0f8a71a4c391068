import type { Machine } from '../../../vmconfig/machine.ts';
import { propertyMap } from '../../../vmconfig/property-string.ts';
import { NotInStandIn } from '../refusal.ts';
import { blockdev, throttle } from './blockdev.ts';

const FOLDER = '/usr/share/pve-edk2-firmware//';

/** UEFI firmware: its code, and the VM's own variables on `efidisk0`. */
export function firmware(
  entries: ReadonlyMap<string, string>,
  machine: Machine,
): { readonly argv: readonly string[]; readonly flags: readonly string[] } {
  if (!machine.ovmf) return { argv: [], flags: [] };
  const disk = entries.get('efidisk0');
  if (disk === undefined) throw new NotInStandIn('bios: ovmf without an efidisk0');
  const large = propertyMap(disk, 'file').get('efitype') === '4m';
  const name = large ? `OVMF_CODE_4M${machine.q35 ? '.secboot' : ''}.fd` : 'OVMF_CODE.fd';
  const code = { driver: 'raw', file: { driver: 'file', filename: `${FOLDER}${name}` } };
  return {
    argv: [
      ...['-object', throttle('efidisk0')],
      ...['-blockdev', JSON.stringify({ ...code, 'node-name': 'pflash0', 'read-only': true })],
      ...['-blockdev', blockdev('efidisk0', disk, { direct: false, unmap: false })],
    ],
    flags: ['pflash0=pflash0', 'pflash1=drive-efidisk0'],
  };
}
