/** Keys that a VM's config may have here: more than a driver touches, fewer than a node knows. */
const KNOWN =
  /^(?:acpi|agent|args|audio0|balloon|bios|boot|cores|cpu|description|efidisk0|freeze|hotplug|keyboard|kvm|localtime|lock|machine|memory|meta|name|numa|onboot|ostype|protection|rng0|scsihw|smbios1|sockets|startup|tablet|tags|vcpus|vga|vmgenid|(?:hostpci|net|scsi|serial|unused|virtio)\d{1,2}|(?:ide|sata)\d)$/;

export function isKnownKey(key: string): boolean {
  return KNOWN.test(key);
}

const WHOLE = new Set(
  'acpi balloon cores freeze kvm localtime numa onboot protection snaptime sockets tablet template vcpus'.split(
    ' ',
  ),
);

/** The value as the API's JSON has it: a number where Proxmox's schema says so. */
export function jsonValue(key: string, value: string): string | number {
  return WHOLE.has(key) && /^\d+$/.test(value) ? Number(value) : value;
}

const AT_ONCE = new Set('description lock name onboot protection startup tags hotplug'.split(' '));

/** Whether a change reaches a running VM (Source: QemuServer.pm, $fast_plug_option; network, disks and USB are not here). */
export function changesAtOnce(key: string): boolean {
  return AT_ONCE.has(key);
}

/** Disks and what holds disks; CD-ROM drives too. */
export const DRIVE_KEY = /^(?:efidisk0|(?:ide|sata|scsi|virtio)\d+)$/;
