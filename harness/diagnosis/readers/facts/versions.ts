import { sure, weak, type Found } from './found.ts';
import { wordsOf } from '../phrases.ts';
import { sideOf, type Side } from './keys.ts';

/** A version that is told as what was before: "upgraded from 8.4", "worked on 6.5". */
const OF_BEFORE =
  /\b(?:from|old|previous|previously|than|before|was|worked (?:on|in|with)|fine (?:on|in|with)|until|unlike|not|instead of|works (?:on|in|with)|ok (?:on|in|with)|older|also tried|tried|requires?|needs?|vs)(?: (?:the|pve|proxmox|kernel|qemu|version|ve|linux|v|at|before)){0,3} *$/i;

const NUMBER = String.raw`v?(\d{1,3}(?:\.\d{1,4}){0,3})(?!\.?\d|-\d{1,3}-pve|[a-z])`;
const NAMED = [
  [
    'pveVersion',
    new RegExp(
      String.raw`\b(?:pve-manager|proxmox[- ]?ve|proxmox|pve)(?: version| release)?[ :/=v-]{0,3}${NUMBER}`,
      'gi',
    ),
  ],
  [
    'qemuVersion',
    new RegExp(
      String.raw`\b(?:pve-qemu-kvm|pve-qemu|qemu-kvm|qemu-system-x86(?:_64)?|qemu)(?: emulator)?(?: version)?[- :/=v]{1,3}(?:\d:)?${NUMBER}`,
      'gi',
    ),
  ],
] as const;
/** As `uname -r` writes it. */
const RELEASE =
  /(?<![\w.-])(\d\.\d{1,2}(?:\.\d{1,3})?[-+](?:rc\d-)?[\w.+~-]{1,40}|\d\.\d{1,2}\.\d{1,3})(?![\w.])/gi;
const KERNEL =
  /\b(?:linux|kernels?|uname -r)(?: version)?[ :=v]{1,3}(\d\.\d{1,3}(?:\.\d{1,3})?[\w.+~-]{0,40})/gi;
const KERNEL_AFTER = /(?<![\w.-])(\d\.\d{1,2}(?:\.\d{1,3})?)(?: [a-z]\w{1,12}){0,2} kernel\b/gi;
const FLAVOURED =
  /^\d\.\d{1,2}\.\d{1,3}[-+][\w.+~-]*(?:pve|deb\d|generic|amd64|arch|fc\d|el\d|zen|lts|unraid|haos|cloud|edge|hwe|truenas|trim|rt\d|xanmod|liquorix|cachy|surface|aws|azure|kvm|arch)/i;
/** Intel's and others' driver versions: four numbers. */
const DRIVER = /(?<![\w.])(\d{1,2}\.\d{1,2}\.\d{1,3}\.\d{3,5})(?![\w.])/g;

/** Versions of Proxmox, QEMU, kernels and Windows drivers in a piece of text, as far as they are the present ones. */
export function versionsIn(piece: string, side: Side): readonly Found[] {
  const present = (match: RegExpMatchArray) => !OF_BEFORE.test(piece.slice(0, match.index).slice(-60));
  const named = NAMED.flatMap(([key, pattern]) =>
    [...piece.matchAll(pattern)].filter(present).map((match) => sure(key, match[1] ?? '')),
  );
  const driver = [...piece.matchAll(DRIVER)]
    .filter(present)
    .map((match) => sure('guestDriver', match[1] ?? ''));
  return [...named, ...driver, ...kernels(piece, side, present)];
}

function kernels(piece: string, side: Side, present: (match: RegExpMatchArray) => boolean): readonly Found[] {
  const called = [...piece.matchAll(KERNEL), ...piece.matchAll(KERNEL_AFTER)];
  const shaped = [...piece.matchAll(RELEASE)].filter((match) => FLAVOURED.test(release(match)));
  // Whose it is: the word next before it, or the one within "host kernel 6.8".
  const sided = [...called, ...shaped]
    .filter(present)
    .map((match) => [release(match), sideOf(wordsOf(piece.slice(0, match.index))) ?? side] as const);
  return [...new Map(sided.toReversed())].map(([one, whose]) => kernelFact(one, whose));
}

function release(match: RegExpMatchArray): string {
  return (match[1] ?? '').replace(/[.+~-]+$/, '');
}

/** A kernel is the host's unless its side is said; Proxmox' own kernels always are. */
export function kernelFact(version: string, side: Side): Found {
  if (/-pve\b/.test(version) || side === 'host') return sure('kernel', version);
  return side === 'guest' ? sure('guestKernel', version) : weak('kernel', version);
}
