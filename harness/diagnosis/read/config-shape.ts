import { classOfKey, splitKey } from '../../vmconfig/keys.ts';

const ENTRY = /^([a-z][a-z0-9_-]{1,24}):\s{0,4}(\S.*)$/;
const CPU =
  /^(?:cputype=)?(?:host|max|custom-|kvm(?:32|64)|qemu(?:32|64)|x86-64-v|486|pentium|athlon|phenom|core(?:2)?duo|(?:Broad|Has)well|Skylake|Cascadelake|Cooperlake|Icelake|SapphireRapids|GraniteRapids|SierraForest|ClearwaterForest|IvyBridge|SandyBridge|Westmere|Nehalem|Penryn|Conroe|KnightsMill|EPYC|Opteron|hidden=|flags=)/;
const BOOLEAN = /^(?:[01]|yes|no|on|off)$/i;
const NUMBER = /^\d{1,9}$/;

/** What a value must look like for keys that plain speech uses too: `cpu: N100` is nobody's config. */
const VALUES: Readonly<Record<string, RegExp>> = {
  cpu: CPU,
  bios: /^(?:ovmf|seabios)$/,
  machine: /^(?:type=)?(?:pc|q35)(?:-(?:i440fx|q35)-[\d.+pve]{1,12})?(?:,.{0,200})?$/,
  memory: /^(?:current=)?\d{1,8}$/,
  balloon: NUMBER,
  cores: NUMBER,
  sockets: NUMBER,
  numa: BOOLEAN,
  agent: /^(?:enabled=)?[01](?:,.{0,200})?$|^\w+=\w+/,
  args: /^['"]?-/,
  vga: /^(?:type=)?(?:none|std|cirrus|vmware|qxl[234]?|serial[0-3]|virtio(?:-gl)?)(?:,.{0,200})?$|^memory=\d/,
  ostype: /^(?:other|wxp|w2k|w2k3|w2k8|wvista|win7|win8|win10|win11|l24|l26|solaris)$/,
  boot: /^(?:order=|[acdn]{1,4}$|c$|dc$)/,
  onboot: BOOLEAN,
  kvm: BOOLEAN,
  tablet: BOOLEAN,
  protection: BOOLEAN,
  template: BOOLEAN,
  smbios1: /\w=/,
  meta: /\w=/,
  scsihw: /^(?:lsi|virtio-scsi|megasas|pvscsi)/,
  hostpci: /^(?:host=)?(?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}|^\w[\w-]*=|^mapping=/i,
  net: /^\w+(?:=|,)/,
  usb: /^(?:host|spice|mapping)/,
  serial: /^(?:socket|\/)/,
};
/** Keys that nothing but a VM's config has. */
const TELLING =
  /^(?:hostpci|scsi|ide|sata|virtio|efidisk|tpmstate|net|unused|usb|serial|ipconfig|audio|smbios1|vmgenid|meta|scsihw|ostype|args|balloon)$/;
const DRIVE = /^(?:scsi|ide|sata|virtio|efidisk|tpmstate|unused)$/;
const DRIVE_VALUE = /^(?:[\w.-]{1,64}:|none\b|cdrom\b|\/|file=|volume=)/;

/** Whether a clean line could stand in a Proxmox VM config, and whether it could stand in little else. */
export function configShape(text: string): 'telling' | 'fits' | null {
  const [, key, value] = ENTRY.exec(text) ?? [];
  if (key === undefined || value === undefined) return null;
  const { family } = splitKey(key);
  if (family === 'kvm' && key === 'kvm') return BOOLEAN.test(value) ? 'fits' : null;
  if (classOfKey(key) === 'unknown') return null;
  const drive = DRIVE.test(family);
  if (!(VALUES[family] ?? (drive ? DRIVE_VALUE : /^/)).test(value.trim())) return null;
  return TELLING.test(family) ? 'telling' : 'fits';
}
