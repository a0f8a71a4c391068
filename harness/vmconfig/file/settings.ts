import { defaultProperty } from '../values.ts';
import { parseBoolean, parsePropertyString } from '../property-string.ts';
import { quote } from '../quote.ts';

/** `text`: any string. `format`: a string that Proxmox checks further. */
type SettingKind = 'boolean' | 'integer' | 'number' | 'text' | 'format';

// qemu-server 9.2.6, PVE/QemuServer.pm: confdesc and confdesc_cloudinit.
const WORDS: Readonly<Record<SettingKind, string>> = {
  boolean:
    'onboot autostart reboot numa keephugepages acpi kvm tdf localtime freeze template tablet protection allow-ksm ' +
    'ciupgrade',
  integer: 'cpuunits balloon shares smp sockets cores vcpus migrate_speed snaptime',
  number: 'cpulimit migrate_downtime',
  text:
    'lock keyboard scsihw description ostype hugepages startdate args runningcpu running-nets-host-mtu bios vmgenid ' +
    'arch citype ciuser cipassword searchdomain',
  format:
    'hotplug memory amd-sev intel-tdx name boot bootdisk agent vga watchdog startup cdrom cpu parent vmstate ' +
    'vmstatestorage runningmachine machine smbios1 hookscript ivshmem audio0 spice_enhancements tags rng0 meta ' +
    'affinity cicustom nameserver sshkeys efidisk0 tpmstate0',
};

// The same file and PVE/QemuServer/{Drive,PCI,USB,Network,Memory,Virtiofs}.pm: the highest number of each.
const NUMBERED: ReadonlyMap<string, readonly [kind: SettingKind, highest: number]> = new Map([
  ['hostpci', ['format', 15]],
  ['scsi', ['format', 30]],
  ['ide', ['format', 3]],
  ['sata', ['format', 5]],
  ['virtio', ['format', 15]],
  ['unused', ['format', 255]],
  ['net', ['format', 31]],
  ['ipconfig', ['format', 31]],
  ['usb', ['format', 13]],
  ['numa', ['format', 7]],
  ['virtiofs', ['format', 9]],
  ['serial', ['text', 3]],
  ['parallel', ['text', 2]],
]);

const PLAIN: ReadonlyMap<string, SettingKind> = new Map(
  (['boolean', 'integer', 'number', 'text', 'format'] as const).flatMap((kind) =>
    WORDS[kind].split(' ').map((key): [string, SettingKind] => [key, kind]),
  ),
);

const EXPECTED = { boolean: 'yes or no', integer: 'a whole number', number: 'a number' } as const;

/**
 * Why Proxmox drops this value of this key when it reads a config; null where it takes it. Of a `format` only the list
 * itself is checked here, and only for keys whose list is known: a value that is not refused may still be.
 * Source: qemu-server 9.2.6, PVE/QemuServer.pm, check_type; pve-common PVE/JSONSchema.pm, parse_property_string.
 */
export function settingRefusal(key: string, value: string): string | null {
  const kind = kindOf(key);
  if (kind === null) return `${quote(key)} is no key of Proxmox 9.2`;
  // Proxmox reads args before it looks at types.
  if (key === 'args') return null;
  if (value.includes('\r')) return `${key} has a carriage return in its value`;
  if (kind === 'format') return listRefusal(key, value);
  if (kind === 'text' || typed(kind, value) !== null) return null;
  return `${key}: ${quote(value)} is not ${EXPECTED[kind]}`;
}

/** The value as Proxmox spells it: booleans as 0 and 1, no leading zeros, no quotes around a plain text. */
export function settingValue(key: string, value: string): string {
  const kind = kindOf(key);
  if (kind === null || kind === 'format' || key === 'args') return value;
  if (kind === 'text') return /^"(.*)"$/s.exec(value)?.[1] ?? value;
  return typed(kind, value) ?? value;
}

function kindOf(key: string): SettingKind | null {
  const plain = PLAIN.get(key);
  if (plain !== undefined) return plain;
  const [, family = '', digits] = /^([a-z]+)(0|[1-9]\d{0,2})$/.exec(key) ?? [];
  const [kind, highest] = NUMBERED.get(family) ?? [null, -1];
  return Number(digits) <= highest ? kind : null;
}

function typed(kind: keyof typeof EXPECTED, value: string): string | null {
  if (kind === 'number') return /^\d+(?:\.\d+)?$/.test(value) ? value : null;
  if (kind === 'integer') return /^\d+$/.test(value) ? value.replace(/^0+(?=\d)/, '') : null;
  const truth = parseBoolean(value);
  return truth === null ? null : truth ? '1' : '0';
}

function listRefusal(key: string, value: string): string | null {
  const defaultKey = defaultProperty(key);
  if (defaultKey === null) return null;
  const [problem] = parsePropertyString(value, defaultKey).problems;
  return problem === undefined ? null : `${key}: ${problem.message}`;
}
