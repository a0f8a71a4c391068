import { isBefore, qemuVersionOf, type QemuVersion } from '../../igpu/qemu-version.ts';
import type { Case } from '../case.ts';

// QEMU by release of Proxmox VE; each may have been updated since (debian/changelog of pve-qemu).
const OF_PROXMOX: Readonly<Record<string, string>> = {
  '8.0': '8.0',
  '8.1': '8.1',
  '8.2': '8.1',
  '8.3': '9.0',
  '8.4': '9.2',
  '9.0': '10.0',
  '9.1': '10.1',
};

/**
 * Whether QEMU is this version or newer; null where that is not known. A machine type and a release of Proxmox say
 * only what it is at least.
 */
export function qemuSince({ facts, vms }: Case, version: string): boolean | null {
  const stated = facts.get('qemuVersion');
  if (stated !== null) return !isOlder(stated, version);
  const proxmox = OF_PROXMOX[/^\d{1,2}\.\d/.exec(facts.get('pveVersion') ?? '')?.[0] ?? ''];
  const least = [proxmox, ...vms.map(({ machine }) => machine.version)];
  return least.some((one) => typeof one === 'string' && !isOlder(one, version)) ? true : null;
}

/** Whether a version of QEMU, in digits and dots, is older than another, as far as major and minor tell. */
export function isOlder(version: string, other: string): boolean {
  return isBefore(read(version), read(other));
}

function read(text: string): QemuVersion {
  return qemuVersionOf(text) ?? qemuVersionOf(`${text}.0`) ?? [0, 0];
}
