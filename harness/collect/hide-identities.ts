import { createRedactor } from '../trace/redact.ts';

/** Takes identities out of what a host said: the same one everywhere gets the same stand-in. */
export interface Hider {
  text(text: string): string;
  /** A VM's config: what people wrote into it for themselves goes, too. */
  config(text: string): string;
}

/** Names that say nothing of anybody, or that a diagnosis needs to read. */
const TELLING_NOTHING =
  /^(?:proxmox|pve\d*|server\d*|homelab|home|lab|nas|debian|ubuntu|linux|windows|win\d*|kernel|kvm|qemu|vfio\w*|i915|xe|igpu|gpu|intel|vm|guest|host|localhost|root|backup|local|test|video|render|nobody|yes|none|off|on|auto)$/i;

/** One kind of identity: what is found, of which the group `it` is replaced, or all of it. */
interface Kind {
  readonly name: string;
  readonly pattern: RegExp;
}

const KINDS: readonly Kind[] = [
  // A serial port is called serial0, too; four characters keep "SerialNumber=3", which counts strings.
  {
    name: 'serial',
    pattern:
      /(?<=(?<![\w-])(?:serial|serial ?number|serial no|s\/n|serialno|asset|sku)\s{0,2}[=:]\s{0,2}["']?)(?!8250)[\w+/.-]{4,128}={0,2}/gi,
  },
  { name: 'serial', pattern: /(?<=\bSerial Number\s{1,4})[0-9a-f][0-9a-f:-]{7,60}/gi },
  { name: 'serial', pattern: /(?<![0-9a-f-])[0-9a-f]{2}(?:-[0-9a-f]{2}){5,7}(?![0-9a-f-])/gi },
  { name: 'serial', pattern: /(?<=\/by-(?:id|partlabel|label)\/)[^\s,'"]{1,200}/g },
  {
    name: 'serial',
    pattern: /(?<=\b(?:wwn|wwid|naa|eui|nguid)[.:=\s-]{1,3})(?:0x)?[0-9a-f]{12,32}(?![0-9a-f])/gi,
  },
  { name: 'serial', pattern: /(?<=\bLABEL=)[^\s,'"]{1,100}/g },
  { name: 'iqn', pattern: /\biqn\.\d{4}-\d{2}\.[\w.:-]{1,200}/gi },
  // What a firewall logs: two MAC addresses and a type in one.
  { name: 'mac', pattern: /(?<![0-9a-f:])[0-9a-f]{2}(?::[0-9a-f]{2}){6,20}(?![0-9a-f:])/gi },
  { name: 'sid', pattern: /\bS-1-5-21(?:-\d{1,10}){3,4}(?!\d)/g },
  {
    name: 'address',
    pattern:
      /(?<=(?<![\w-])(?:src|dst|ip|nfsroot|server|nameserver|gateway|gw|addr|host|listen|peer)=["'(]?)\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/gi,
  },
  {
    name: 'address',
    pattern:
      /(?<![\w:.])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])|(?<![\w:.])(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?(?![\w:])/gi,
  },
  { name: 'mail', pattern: /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}(?![\w-])/g },
  { name: 'user', pattern: /(?<![\w.+-])(?!root@)[\w.+-]{1,64}(?=@(?:pam|pve|pbs)\b)/g },
  { name: 'user', pattern: /(?<=(?:\/home|\/Users|\\\\Users)(?:\/|\\{1,2}))[^/\\\s"',:;]{1,64}/g },
  { name: 'vm', pattern: /(?<=(?:^|\s)-name\s{1,2}['"]?(?:guest=)?)(?!guest=)[^\s,'"]{1,100}/gm },
];

/** Keys of a Proxmox config that are words, addresses or secrets of its owner's. */
const OWNERS_KEYS =
  /^(name|description|tags|cipassword|ciuser|sshkeys|searchdomain|nameserver|ipconfig\d+|cicustom|hookscript):.*$/gm;

/**
 * @param names of the host, its domain, its users and nodes; those that say nothing of anybody are left
 */
export function createHider(names: readonly string[]): Hider {
  const redactor = createRedactor(names.filter((name) => !TELLING_NOTHING.test(name)));
  const seen = new Map<string, string>();
  const standIn = (kind: string, value: string): string => {
    const key = `${kind} ${value.toLowerCase()}`;
    const known = seen.get(key);
    if (known !== undefined) return known;
    const count = [...seen.keys()].filter((other) => other.startsWith(`${kind} `)).length + 1;
    const made = `hidden-${kind}-${count}`;
    seen.set(key, made);
    return made;
  };
  const text = (input: string): string =>
    redactor.text(
      KINDS.reduce(
        (out, { name, pattern }) =>
          out.replace(pattern, (found) => (found.startsWith('hidden-') ? found : standIn(name, found))),
        input,
      ),
    );
  return { text, config: (input) => text(ownersWordsOut(input)) };
}

/** Snapshots repeat the config of another day, and the lines of the description begin with `#`. */
function ownersWordsOut(config: string): string {
  const [main = ''] = config.split(/^\[(?!PENDING\])/im);
  return main.replace(/^#.*\n?/gm, '').replace(OWNERS_KEYS, '$1: hidden');
}
