import type { Shape } from './shapes.ts';

/** One kind of identity: how it is found and what its pseudonyms look like. */
export interface Kind {
  /** In the plural, for a person who is told what was replaced. */
  readonly name: string;
  /** Global; what matches is replaced whole, so what tells it apart stands in look-arounds. Bounded, hence linear. */
  readonly pattern: RegExp;
  /** Null: it only looks like one. Else one spelling for all that mean the same. */
  readonly canonical: (found: string) => string | null;
  readonly shape: Shape;
  /**
   * Whether a value, once known, is replaced where nothing beside it tells what it is, too: any, only one that nobody
   * writes by chance, or none.
   */
  readonly spreads: 'any' | 'odd' | 'none';
}

/** A kind whose values are words: names, serial numbers, secrets. */
export function words(
  name: string,
  shape: Shape,
  pattern: RegExp,
  options: { readonly spreads?: Kind['spreads']; readonly accept?: (word: string) => boolean } = {},
): Kind {
  const { spreads = 'odd', accept = () => true } = options;
  return {
    name,
    pattern,
    shape,
    spreads,
    canonical: (found) => (tellsSomething(found) && accept(found) ? found.toLowerCase() : null),
  };
}

/** Words that say nothing of anybody, or that a verdict or a diagnosis reads. */
const COMMON = new RegExp(
  `^(?:${[
    'root|admin|administrator|user|users|runner|nobody|guest|public|default|defaultuser\\d*|system|systemprofile',
    'all users|default user|wdagutilityaccount|defaultaccount|local service|network service',
    'node|host|hostname|localhost|localdomain|server\\d*|proxmox|pve\\d*|homelab|home|lab|nas|debian|ubuntu|linux',
    'windows|win\\d*|workgroup|kernel|kvm|qemu|vfio\\w*|i915|xe|igpu|gpu|intel|vm|code43[\\w-]*',
    'local|local-lvm|local-zfs|local-btrfs|rpool|data|images|iso|isos|snippets|backup|backups|vztmpl|vzdump|storage',
    'ssd|nvme|hdd|zfs|lvm|ceph|nfs|cifs|rbd|disk|disks|media|mapper|zvol|shm|test|video|render|audio|net',
    'x+|hidden|none|null|nil|yes|no|off|on|auto|true|false|unknown|undefined|n/a|any|all',
    // What vendors leave in the places of a serial number.
    'default|string|system|chassis|not|to|filled|0+|1234567890?|123456789',
  ].join('|')})$`,
  'i',
);

/** Whether a word can be somebody's. */
export function tellsSomething(word: string): boolean {
  return !COMMON.test(word);
}
