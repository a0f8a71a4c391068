/**
 * Whose a config key is. `under-test`: applied. `guest`: identity and storage, always the guest's own, ignored.
 * `refused`: never taken from a scenario. `unknown`: not known here, so refused on a real host.
 */
export type KeyClass = 'under-test' | 'guest' | 'refused' | 'unknown';

const WORDS: Readonly<Record<Exclude<KeyClass, 'unknown'>, string>> = {
  'under-test': 'bios machine cpu args vga balloon cores sockets memory numa ostype agent',
  guest:
    'name description tags meta smbios1 vmgenid boot bootdisk scsihw cdrom onboot autostart startup template hotplug ' +
    'keyboard tablet localtime startdate shares cpulimit cpuunits parent snaptime vmstate vmstatestorage ' +
    'runningmachine runningcpu citype ciuser cipassword ciupgrade cicustom searchdomain nameserver sshkeys',
  refused: 'hookscript lock protection',
};

// Keys that carry a number, with the highest that Proxmox knows (qemu-server 9.2.6, PVE/QemuServer.pm and Drive.pm).
const NUMBERED: ReadonlyMap<string, readonly [Exclude<KeyClass, 'unknown'>, number]> = new Map([
  ['hostpci', ['under-test', 15]],
  // `numa` without a number is a key of its own, see WORDS.
  ['numa', ['under-test', 7]],
  ['scsi', ['guest', 30]],
  ['ide', ['guest', 3]],
  ['sata', ['guest', 5]],
  ['virtio', ['guest', 15]],
  ['efidisk', ['guest', 0]],
  ['tpmstate', ['guest', 0]],
  ['unused', ['guest', 255]],
  ['net', ['guest', 31]],
  ['ipconfig', ['guest', 31]],
  ['serial', ['guest', 3]],
  ['usb', ['guest', 13]],
  ['audio', ['guest', 0]],
  ['rng', ['guest', 0]],
  ['parallel', ['refused', 2]],
]);

const PLAIN: ReadonlyMap<string, KeyClass> = new Map(
  (['under-test', 'guest', 'refused'] as const).flatMap((keyClass) =>
    WORDS[keyClass].split(' ').map((key): [string, KeyClass] => [key, keyClass]),
  ),
);

export function classOfKey(key: string): KeyClass {
  const plain = PLAIN.get(key);
  if (plain !== undefined) return plain;
  const { family, index } = splitKey(key);
  const [keyClass, highest] = NUMBERED.get(family) ?? ['unknown', -1];
  return index !== null && index <= highest ? keyClass : 'unknown';
}

/** `hostpci0` → family `hostpci`, index 0; a key without a number (or with one like `01`) has no index. */
export function splitKey(key: string): { readonly family: string; readonly index: number | null } {
  const [, family, digits] = /^([a-z_-]+)(0|[1-9]\d{0,2})$/.exec(key) ?? [];
  if (family === undefined || !NUMBERED.has(family)) return { family: key, index: null };
  return { family, index: Number(digits) };
}
