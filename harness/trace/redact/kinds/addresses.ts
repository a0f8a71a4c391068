import { words, type Kind } from '../kind.ts';
import { DIGITS, hex, MAC, UUID, word } from '../shapes.ts';

const IPV6 = hex('ipv6');

/** Addresses of networks and of people, and the numbers that machines are told apart by. */
export const ADDRESSES: readonly Kind[] = [
  {
    name: 'UUIDs',
    pattern:
      /(?=[0-9a-f]{8}-)(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])|(?=[0-9a-f]{32}(?![0-9a-f]))(?<=(?<![a-z])(?:machine[_-]?id|boot[_-]?id|invocation[_-]?id|product_uuid|uuid|guid|;b|(?<=cursor[=:] ?)s)["'\\]{0,2}[ \t]{0,20}[=:][ \t]{0,2}["'\\]{0,2})[0-9a-f]{32}/gi,
    canonical: uuid,
    shape: UUID,
    spreads: 'none',
  },
  // What a firewall logs: two MAC addresses and a type in one.
  {
    name: 'MAC addresses',
    pattern: /(?<![0-9a-f:])[0-9a-f]{2}(?::[0-9a-f]{2}){6,18}(?![0-9a-f:])/gi,
    canonical: (found) => found.toLowerCase(),
    shape: hex('mac-header'),
    spreads: 'none',
  },
  {
    name: 'MAC addresses',
    pattern:
      /(?=[0-9a-f]{2}[:-])(?<![0-9a-f]|(?<![0-9a-z])[0-9a-f]{1,4}[:-])[0-9a-f]{2}([:-])[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}(?![0-9a-f]|[:-][0-9a-f]{2}(?![0-9a-z]))|(?<![\w.])[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![\w.])|(?=[0-9a-f]{12}(?![0-9a-z]))(?<=(?<![a-z])(?:mac|macaddr|mac[ _-]?address|hwaddr|hardware[ _-]address|physical[ _-]?address|network[ _-]?address|ether|lladdr|bssid|permaddr|enx|wlx)["'\\]{0,2}[ \t]{0,20}[:=]?[ \t]{0,2}["'\\]{0,2}(?:0x)?)[0-9a-f]{12}/gi,
    canonical: mac,
    shape: MAC,
    spreads: 'any',
  },
  {
    name: 'IPv4 addresses',
    // A driver's version is written the same way: one behind a word for it, or behind its date, is none.
    pattern:
      /(?<![\w.]|[a-z]-)(?<!(?:version|driver|firmware|bios|vbios|build|release|revision|(?<![a-z])(?:ver|rev|fw|v))["'\\]{0,2}[ \t]{0,2}[:=]?[ \t]{0,2}["'\\]{0,2})(?<!\d[/.-]\d\d?[/.-]\d{4},? )\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?!\.?\d|[A-Za-z_])/gi,
    canonical: ipv4,
    shape: DIGITS,
    spreads: 'none',
  },
  {
    name: 'IPv6 addresses',
    pattern: /(?<![\w:.])(?:[0-9a-f]{1,4}:|::)(?:[0-9a-f]{0,4}:){1,6}[0-9a-f]{0,4}(?![\w:]|\.\d)/gi,
    canonical: ipv6,
    shape: IPV6,
    spreads: 'none',
  },
  words(
    'mail addresses',
    word('mail'),
    // systemd writes its units the same way.
    /(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,6}(?!service\b|socket\b|mount\b|slice\b|target\b|timer\b|scope\b|device\b|path\b|swap\b)[a-z]{2,24}(?![\w-])/gi,
    { spreads: 'none' },
  ),
];

/** Classes of devices and of interfaces, variables of UEFI: the same on every machine. Source: Microsoft, UEFI 2.10. */
const OF_EVERYBODY =
  /^(?:4d36e9[67][0-9a-f]-e325-11ce-bfc1-08002be10318|5b45201d-f2f2-4f3b-85bb-30ff1f953599|1ca05180-a699-450a-9a0c-de4fbe3ddd89|8be4df61-93ca-11d2-aa0d-00e098032b8c|5b1b31a1-9562-11d2-8e3f-00a0c969723b|(?:0{8}-0{4}-0{4}-0{4}-0{12})|(?:f{8}-f{4}-f{4}-f{4}-f{12}))$/;

function uuid(found: string): string | null {
  const lower = found.toLowerCase();
  return OF_EVERYBODY.test(lower) || /^0{32}$/.test(lower) ? null : lower.replaceAll('-', '');
}

function mac(found: string): string | null {
  const digits = found.toLowerCase().replace(/[^0-9a-f]/g, '');
  return /^(?:0+|f+)$/.test(digits) ? null : digits;
}

/** Without what every machine has: this host, any host, masks. */
function ipv4(found: string): string | null {
  const parts = found.split('.');
  if (parts.some((part) => Number(part) > 255 || /^0\d/.test(part))) return null;
  return /^(?:127|0|255)\./.test(found) ? null : found;
}

/** RFC 4291, 2.2: eight groups, or fewer with one `::`; the groups written out. */
function ipv6(found: string): string | null {
  const [head = '', tail, ...more] = found.toLowerCase().split('::');
  if (more.length > 0) return null;
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const given = before.length + after.length;
  if ([...before, ...after].includes('') || (tail === undefined ? given !== 8 : given > 7)) return null;
  // Shorter ones are names of C++ or of Rust, or this host.
  if ([...before, ...after].join('').length < 5) return null;
  const zeros = Array.from({ length: 8 - given }, () => '0');
  return [...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join(':');
}
