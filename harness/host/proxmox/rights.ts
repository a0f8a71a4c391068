import { parseHostpci } from '../../vmconfig/hostpci.ts';
import { propertyMap } from '../../vmconfig/property-string.ts';
import type { ConfigChange } from './vm-manager.ts';

/** What of a config change only root@pam may do. */
export interface RootOnly {
  readonly key: string;
  /** As a clause: `a device is given by its address`. */
  readonly why: string;
}

/** Each value that a change touches: the one to be set, and the one that stands there and is replaced or taken away. */
type Touch = 'new' | 'old';

interface Row {
  readonly keys: RegExp;
  /** Why a value, or a key without one, needs root; null: it does not. */
  readonly needs: (value: string | null, touch: Touch) => string | null;
  /** Transcripts in which somebody else was refused; empty: read in qemu-server 9.2.6, PVE/API2/Qemu.pm. */
  readonly seen: readonly string[];
}

/** Config keys and values that need root@pam, who is no token: not even one of root@pam counts (m40b, m41b). */
export const ROOT_ONLY: readonly Row[] = [
  { keys: /^args$/, needs: () => 'it is QEMU’s own command line', seen: ['m40a', 'm40b', 'm48a', 'm56'] },
  { keys: /^lock$/, needs: () => 'it is a lock of the node’s own tasks', seen: ['m46a', 'm46b'] },
  {
    keys: /^hostpci\d+$/,
    needs: (value) => (value === null || parseHostpci(value).romfile === null ? null : 'it has a romfile'),
    seen: ['m43d'],
  },
  {
    // What stands there counts, too: neither a mapping in its place (m43a) nor its removal (m4aa) is allowed.
    keys: /^hostpci\d+$/,
    needs: (value) =>
      value === null || parseHostpci(value).mapping !== null ? null : 'a device is given by its address',
    seen: ['m41a', 'm41b', 'm42a', 'm43a', 'm43b', 'm4aa', 'm4ab'],
  },
  {
    keys: /^serial\d+$/,
    needs: (value) => (value === null || value === 'socket' ? null : 'it is a device of the host'),
    seen: ['m44a', 'm44b'],
  },
  {
    keys: /^(ide|sata|scsi|virtio|efidisk|tpmstate)\d+$|^cdrom$/,
    needs: (value, touch) =>
      touch === 'new' && (propertyMap(value, 'file').get('file') ?? '').startsWith('/')
        ? 'a disk is given by its path'
        : null,
    seen: ['m49a', 'm49b'],
  },
  {
    keys: /^usb\d+$/,
    needs: (value) => {
      const host = propertyMap(value, 'host').get('host');
      return host === undefined || /^spice$/i.test(host) ? null : 'it is a device of the host';
    },
    seen: [],
  },
];

/**
 * Keys that a user with rights of their own on the VM may change; any other needs root. Source: qemu-server 9.2.6,
 * PVE/API2/Qemu.pm, where what is not listed is for root alone; set and seen to work: m43c, m45a, m4da, m59.
 */
const OTHERS_MAY = new Set(
  (
    'cores cpu runningcpu cpulimit cpuunits numa smp sockets vcpus memory balloon shares allow-ksm ' +
    'acpi hotplug kvm machine runningmachine scsihw smbios1 tablet vga watchdog audio0 rng0 ' +
    'agent autostart bios description keyboard localtime migrate_downtime migrate_speed name onboot ostype ' +
    'protection reboot startdate startup tdf template freeze boot bootdisk vmstatestorage cicustom cipassword ' +
    'citype ciuser ciupgrade nameserver searchdomain sshkeys cdrom tags vmstate'
  ).split(' '),
);
const OTHERS_MAY_NUMBERED =
  /^(ide|sata|scsi|virtio|efidisk|tpmstate|unused|serial|usb|hostpci|virtiofs|numa|net|ipconfig)\d+$/;

/**
 * What of a change needs root@pam. Proxmox VE itself asks key by key and may have written the first ones when it
 * refuses a later one: so this is asked before.
 *
 * @param before the config as it stands; a key that is replaced or removed is judged by what it holds
 * @returns in the order of the keys; a key stands there once
 */
export function rootOnly(
  { set = {}, remove = [] }: Pick<ConfigChange, 'set' | 'remove'>,
  before: ReadonlyMap<string, string>,
): readonly RootOnly[] {
  const keys = [...new Set([...Object.keys(set), ...remove])].sort();
  return keys.flatMap((key) => {
    const why = whyRoot(key, Object.hasOwn(set, key) ? (set[key] ?? null) : null, before.get(key) ?? null);
    return why === null ? [] : [{ key, why }];
  });
}

/** @returns what a manager may not set, of a change; empty: it may set all */
export function mayNotSet(
  manager: { readonly isRoot: boolean },
  change: Pick<ConfigChange, 'set' | 'remove'>,
  before: ReadonlyMap<string, string>,
): readonly RootOnly[] {
  return manager.isRoot ? [] : rootOnly(change, before);
}

/** What to do where a right of root's is missing: a clone has what its template has, whoever makes it. */
export const WAYS_OUT =
  'only root may: work as root on the node (by ssh, or with a password login of root@pam), or let root prepare a ' +
  'template with it, and clone that with the token';

function whyRoot(key: string, now: string | null, before: string | null): string | null {
  for (const { keys, needs } of ROOT_ONLY) {
    if (!keys.test(key)) continue;
    const why = needs(now, 'new') ?? needs(before, 'old');
    if (why !== null) return why;
  }
  return OTHERS_MAY.has(key) || OTHERS_MAY_NUMBERED.test(key)
    ? null
    : 'the key is not known to be for others';
}
