import type { Compared } from '../../fact.ts';
import { guestsIn } from './guests.ts';
import type { Value } from './version.ts';

/** What a piece of text is about. */
export interface Subject {
  readonly kind: Compared | 'kernel';
  readonly value: Value;
  /** It is told as what was before: "from 8.4.1". */
  readonly before: boolean;
}

const RELEASE = /(?<![\w.])v?([4-7]\.\d{1,2}(?:\.\d{1,3})?(?:[-+][\w.+~-]{1,40})?)(?![\w.]*\w)/g;
const FLAVOUR =
  /[-+].*(?:pve|deb\d|bpo|generic|amd64|arch|fc\d|zen|unraid|haos|talos|hwe|xanmod|cloud|lts|rc\d)|^\d\.\d{1,2}\.\d{1,3}-\d{1,3}/i;
const NUMBER = String.raw`v?(\d{1,2}(?:\.\d{1,3}){0,3}(?:-\d{1,2})?)(?![\w.]*\w)`;
const NAMED: readonly (readonly [kind: Subject['kind'], name: string, pattern: RegExp])[] = [
  [
    'qemu',
    'qemu',
    new RegExp(String.raw`\b(?:pve-qemu-kvm|pve-qemu|qemu-kvm|qemu)(?: version)?[ :=v-]{1,3}${NUMBER}`, 'gi'),
  ],
  [
    'qemu',
    'pve',
    new RegExp(String.raw`\b(?:pve-manager|proxmox(?:[ -]ve)?|pve)(?: version)?[ :=/v]{0,3}${NUMBER}`, 'gi'),
  ],
  ['guest-driver', '', /(?<![\w.])(\d{1,2}\.\d{1,2}\.\d{1,4}\.\d{3,5})(?![\w.]*\w)/g],
  ['guest-driver', '', /\bdrivers? (?:version )?v?(\d{2,4}(?:\.\d{2,5}){1,2}|\d{4})(?![\w.]*\w)/gi],
  [
    'host-driver',
    'dkms',
    /\b(?:dkms|i915[- ]sriov|sriov[- ]dkms|strongtz)[\w :./-]{0,24}?(20\d\d\.\d\d\.\d\d(?:\.\d{1,2})?)(?![\w.]*\w)/gi,
  ],
  // The module's releases are dates: "after installing version 2026.05.10".
  [
    'host-driver',
    'dkms',
    /\b(?:versions?|releases?|module|install(?:ed|ing)|build|tag|package|updat(?:ed|ing)|upgrad(?:ed|ing)|switch(?:ed|ing)|(?:rolled|went|going|back|downgrad(?:ed|ing))|to|from|with|on)[ :]{1,2}(?:(?:the|new|newer|version|release|tag|v|to|back|from) ?){0,3}(20\d\d\.\d\d\.\d\d(?:\.\d{1,2})?)(?![\w.]*\w)/gi,
  ],
  ['rom', '', /(?<![\w.-])([\w.+-]{1,60}\.(?:rom|efi))\b/gi],
];
const MACHINE = /(?<![\w-])(?:pc-)?(q35|i440fx)(?:-(\d{1,2}\.\d(?:\.\d)?))?(?![\w.]*\w)/gi;
const CPU =
  /\b(?:cpu[ :=]{1,3}(?:type )?|as |with )(host|kvm64|qemu64|max|x86-64-v\d(?:-aes)?)\b(?! (?:kernel|os|driver|system))/gi;
const MODULES: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['dkms', /\b(?:unofficial |strongtz )?i915[- ]sriov(?:[- ]dkms)?\b/i],
  ['backports', /\bi915[ -]backports?\b|\bbackports? (?:i915 )?(?:driver|module)\b/i],
  ['in-tree', /\b(?:in-?tree|stock|mainline|built-?in|vanilla) (?:i915|xe|driver|module)\b/i],
];
const NEWER =
  /\b(?:(?:any |every |a |the )?(?:newer|newest|latest|later|current|recent)(?: intel| graphics| gpu| igpu| arc){0,3} (?:drivers?|ones?|versions?)|newer)\b|(?:更高|更新|最新)(?:的)?(?:版本|驱动)|neuere?r?n? treiber/i;
const OLDER =
  /\b(?:an? |the |any )?(?:older|old|previous|earlier)(?: intel| graphics| gpu| igpu| arc){0,3} (?:drivers?|ones?|versions?)\b|旧(?:版)?驱动|老驱动|alte[rn]?n? treiber/i;
const FROM =
  /\b(?:from|von|aus|instead of|before|than|old|previous)(?: (?:the|proxmox|pve|ve|qemu|kernel|version|v|driver|linux)){0,3} *$/i;
const ON_HOST = /\b(?:host|node|hypervisor|proxmox|pve|wirt|server)\b|宿主机|母机|主机/gi;
const IN_GUEST = /\b(?:guest|vm|gast|in the vm|haos|talos)s?\b|虚拟机/gi;

/** What a piece of text is about, as far as it could be compared. Pure; never throws. */
export function subjectsOf(text: string, lineIsOfHost: boolean): readonly Subject[] {
  const named = once(
    NAMED.flatMap(([kind, name, pattern]) =>
      [...text.matchAll(pattern)].map((match) =>
        subject(kind, { name, version: (match[1] ?? '').toLowerCase() }, text, match.index),
      ),
    ),
  );
  const machines = [...text.matchAll(MACHINE)].map((match) =>
    subject(
      'machine',
      { name: (match[1] ?? '').toLowerCase(), version: match[2] ?? null },
      text,
      match.index,
    ),
  );
  const cpus = [...text.matchAll(CPU)].map((match) =>
    subject('cpu', { name: (match[1] ?? '').toLowerCase(), version: null }, text, match.index),
  );
  return [
    ...named,
    ...machines,
    ...cpus,
    ...kernels(text, lineIsOfHost),
    ...relative(text),
    ...modules(text, named),
    ...guests(text, lineIsOfHost),
  ];
}

/** Two patterns may find the same thing. */
function once(all: readonly Subject[]): readonly Subject[] {
  return [
    ...new Map(all.map((one) => [`${one.kind} ${one.value.name} ${one.value.version ?? ''}`, one])).values(),
  ];
}

function subject(kind: Subject['kind'], value: Value, text: string, at: number): Subject {
  return { kind, value, before: FROM.test(text.slice(Math.max(0, at - 40), at)) };
}

function kernels(text: string, lineIsOfHost: boolean): readonly Subject[] {
  return [...text.matchAll(RELEASE)].flatMap((match) => {
    const version = (match[1] ?? '').toLowerCase().replace(/[.+~-]+$/, '');
    const around = text.slice(Math.max(0, match.index - 24), match.index + match[0].length + 10);
    if (!FLAVOUR.test(version) && !/\b(?:kernels?|linux|uname)\b|内核/i.test(around)) return [];
    if (
      /\b(?:qemu|pve-manager|proxmox(?: ve)?|pve|dkms\/?|driver|haos|talos)[ :/v]{1,3}$/i.test(
        text.slice(Math.max(0, match.index - 16), match.index),
      )
    )
      return [];
    return [
      subject(sideOf(text, match.index, version, lineIsOfHost), { name: '', version }, text, match.index),
    ];
  });
}

/** Whose kernel it is: as Proxmox names its own, else the nearer word. `kernel`: not said. */
function sideOf(text: string, at: number, version: string, lineIsOfHost: boolean): Subject['kind'] {
  if (/pve|unraid|-\d{1,2}-bpo\d\d\b/.test(version)) return 'host-kernel';
  if (/haos|talos/.test(version)) return 'guest-kernel';
  // "kernel 6.14.8: the VM hangs": what follows the colon is how it goes.
  const colon = text.indexOf(': ', at);
  const about = colon < 0 ? text : text.slice(0, colon);
  const near = (pattern: RegExp) =>
    Math.min(...[...about.matchAll(pattern)].map((match) => Math.abs(match.index - at)), 1e6);
  const host = near(ON_HOST);
  const guest = near(IN_GUEST);
  if (host < guest) return 'host-kernel';
  if (guest < host) return 'guest-kernel';
  return lineIsOfHost ? 'host-kernel' : 'kernel';
}

function relative(text: string): readonly Subject[] {
  const is = (version: string): Subject => ({
    kind: 'guest-driver',
    value: { name: '', version },
    before: false,
  });
  if (/\bkernels?\b|内核|\bqemu\b|\broms?\b/i.test(text)) return [];
  return [...(NEWER.test(text) ? [is('newer')] : []), ...(OLDER.test(text) ? [is('older')] : [])];
}

function modules(text: string, named: readonly Subject[]): readonly Subject[] {
  if (/\bguest|\bvm\b/i.test(text) && !/\bhost\b|with/i.test(text)) return [];
  return MODULES.flatMap(([name, pattern]) =>
    pattern.test(text) && !named.some(({ kind }) => kind === 'host-driver')
      ? [{ kind: 'host-driver' as const, value: { name, version: null }, before: false }]
      : [],
  );
}

/** What only speaks of the host, of a container or of the bare machine names no guest. */
const NO_GUEST =
  /\b(?:hosts?|host os|bare[ -]?metal|natively|native|lxc|container|docker|dual boot|kernel command|live cd on)\b|宿主机/i;

function guests(text: string, lineIsOfHost: boolean): readonly Subject[] {
  if (lineIsOfHost && !/\b(?:vm|guest)s?\b/i.test(text)) return [];
  return guestsIn(text).flatMap(({ value, at, end }) => {
    const after = text.slice(end, end + 40);
    const before = text.slice(Math.max(0, at - 16), at);
    const isGuest =
      /^[^,;:]{0,24}\b(?:vm|guest)\b/i.test(after) || /\b(?:vm|guest)s?(?: os)?:? *$/i.test(before);
    if (!isGuest && NO_GUEST.test(text)) return [];
    if (/^ (?:kernel|headers|device manager|hello|update|driver)\b/i.test(after) && !isGuest) return [];
    return [{ kind: 'guest' as const, value, before: /\b(?:from|instead of) *$/i.test(before) }];
  });
}
