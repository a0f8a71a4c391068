import {
  BOOLEAN,
  COUNT,
  type Grammar,
  grammarProblems,
  list,
  NUMBER,
  plain,
  rule,
  type Rule,
} from './grammar.ts';
import { splitKey } from './keys.ts';
import type { ConfigEntry, ConfigProblem } from './entry.ts';

const HEX_ID = rule(/^0x[0-9a-fA-F]{4}$/, 'four hex digits such as 0x46d1');
const NAME = rule(/^[A-Za-z0-9_-]{1,64}$/, 'a name of letters, digits, "_" and "-"');
const NUMBER_SETS = /^\d{1,3}(?:-\d{1,3})?(?:;\d{1,3}(?:-\d{1,3})?)*$/;
const PCI = '(?:[a-f0-9]{4,8}:)?[a-f0-9]{2}:[a-f0-9]{2}(?:\\.[a-f0-9])?';

/** A ROM's file name: no path, no leading dot or dash, nothing that QEMU or a shell would read as more. */
export const ROMFILE = rule(
  /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/,
  'a plain file name of letters, digits, ".", "_" and "-"',
);

// What Proxmox 9.2 itself takes (qemu-server PVE/QemuServer.pm, Machine.pm, CPUConfig.pm, PCI.pm), and never more.
const GRAMMARS: ReadonlyMap<string, Grammar> = new Map([
  ['bios', plain(/^(?:seabios|ovmf)$/, 'seabios or ovmf')],
  ['balloon', { kind: 'plain', rule: NUMBER }],
  ['cores', { kind: 'plain', rule: COUNT }],
  ['sockets', { kind: 'plain', rule: COUNT }],
  ['numa', { kind: 'plain', rule: BOOLEAN }],
  // One node: `numa0`, `numa1`, …
  [
    'numa#',
    list('', {
      cpus: rule(NUMBER_SETS, 'CPUs such as 0-1;3'),
      memory: rule(/^[1-9]\d{0,6}$/, 'MiB'),
      hostnodes: rule(NUMBER_SETS, 'nodes such as 0-1'),
      policy: rule(/^(?:preferred|bind|interleave)$/, 'preferred, bind or interleave'),
    }),
  ],
  [
    'ostype',
    plain(/^(?:other|wxp|w2k3?|w2k8|wvista|win(?:7|8|10|11)|l2[46]|solaris)$/, 'an ostype such as win11'),
  ],
  ['memory', list('current', { current: rule(/^(?:1[6-9]|[2-9]\d|[1-9]\d{2,6})$/, 'MiB, at least 16') })],
  [
    'agent',
    list('enabled', { enabled: BOOLEAN, type: rule(/^(?:virtio|isa)$/, 'virtio or isa'), ...agent() }),
  ],
  [
    'vga',
    list('type', {
      type: rule(
        /^(?:cirrus|qxl[234]?|none|serial[0-3]|std|virtio|virtio-gl|vmware)$/,
        'a display such as none or std',
      ),
      memory: NUMBER,
      clipboard: rule(/^vnc$/, 'vnc'),
    }),
  ],
  [
    'machine',
    list('type', {
      type: rule(
        /^(?=.{1,40}$)(?:pc|q35|pc(?:-i440fx|-q35)?-\d+(?:\.\d+)+(?:\+pve\d+)?(?:\.pxe)?)$/,
        'a machine such as q35, pc or pc-q35-10.0',
      ),
      viommu: rule(/^(?:intel|virtio)$/, 'intel or virtio'),
      'aw-bits': rule(/^(?:3[2-9]|[45]\d|6[0-4])$/, '32 to 64'),
      'enable-s3': BOOLEAN,
      'enable-s4': BOOLEAN,
    }),
  ],
  [
    'cpu',
    list('cputype', {
      cputype: NAME,
      'reported-model': NAME,
      hidden: BOOLEAN,
      'hv-vendor-id': rule(/^[a-zA-Z0-9]{1,12}$/, 'up to 12 letters and digits'),
      flags: rule(/^[+-][a-z0-9][a-z0-9._-]*(?:;[+-][a-z0-9][a-z0-9._-]*)*$/, 'flags such as +aes;-pcid'),
      'phys-bits': rule(/^(?:host|\d{1,2})$/, 'a number of bits or host'),
      'guest-phys-bits': rule(/^\d{1,2}$/, 'a number of bits'),
      level: NUMBER,
    }),
  ],
  [
    'hostpci',
    list('host', {
      host: rule(new RegExp(`^${PCI}(?:;${PCI})*$`), 'a PCI address such as 0000:00:02.0'),
      mapping: NAME,
      pcie: BOOLEAN,
      'x-vga': BOOLEAN,
      rombar: BOOLEAN,
      'legacy-igd': BOOLEAN,
      romfile: ROMFILE,
      mdev: NAME,
      driver: rule(/^(?:vfio|keep)$/, 'vfio or keep'),
      'vendor-id': HEX_ID,
      'device-id': HEX_ID,
      'sub-vendor-id': HEX_ID,
      'sub-device-id': HEX_ID,
    }),
  ],
]);

/** The property that a value without a name stands for, such as `host` in `hostpci0`; null for plain values. */
export function defaultProperty(key: string): string | null {
  const grammar = grammarOf(key);
  return grammar?.kind === 'list' ? grammar.defaultKey : null;
}

/**
 * What in the value of a key under test is not plainly what it should be: these values reach a QEMU command line.
 * Empty for keys whose values never do (`args` has its own rules).
 */
export function valueProblems(entry: ConfigEntry): ConfigProblem[] {
  const grammar = grammarOf(entry.key);
  return grammar === undefined ? [] : grammarProblems(grammar, entry);
}

function grammarOf(key: string): Grammar | undefined {
  const { family, index } = splitKey(key);
  return GRAMMARS.get(family === 'numa' && index !== null ? 'numa#' : family);
}

function agent(): Readonly<Record<string, Rule>> {
  const names = ['fstrim_cloned_disks', 'freeze-fs', 'freeze-fs-on-backup', 'guest-fsfreeze'];
  return Object.fromEntries(names.map((name) => [name, BOOLEAN]));
}
