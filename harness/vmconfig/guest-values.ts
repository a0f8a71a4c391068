import { BOOLEAN, type Grammar, grammarProblems, list, NUMBER, plain, rule, type Rule } from './grammar.ts';
import { classOfKey, splitKey } from './keys.ts';
import { type ConfigEntry, type ConfigProblem, problemIn } from './entry.ts';
import type { VmConfig } from './parse.ts';
import { diskBytes, isCdrom } from './volume.ts';

const SIZE = rule(/^\d{1,9}(?:\.\d{1,3})?[KMGT]?$/, 'a size such as 8G');
const VOLUME = rule(
  /^(?:none|cdrom|[A-Za-z][A-Za-z0-9._-]{0,63}:[A-Za-z0-9][A-Za-z0-9._/+-]{0,199})$/,
  'none or a volume such as local:8 or local-lvm:vm-103-disk-0',
);
const UUID = /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;
const MAC = rule(/^[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}$/, 'a MAC address such as BC:24:11:00:00:01');
const TEXT = rule(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}$/, 'up to 40 letters, digits, ".", "_" and "-"');
const RATE = rule(/^\d{1,9}(?:\.\d{1,3})?$/, 'a number');
const NAME = rule(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'a name');
const MODELS =
  'e1000 e1000-82540em e1000-82544gc e1000-82545em e1000e i82551 i82557b i82559er ne2k_pci pcnet rtl8139 virtio vmxnet3';
const THROTTLES = ['bps', 'bps_rd', 'bps_wr', 'mbps', 'mbps_rd', 'mbps_wr', 'iops', 'iops_rd', 'iops_wr'];

const volume = { file: VOLUME, volume: VOLUME, size: SIZE, format: NAME };

const DRIVE: Grammar = list('file', {
  ...volume,
  media: rule(/^(?:cdrom|disk)$/, 'cdrom or disk'),
  cache: rule(/^(?:none|writethrough|writeback|unsafe|directsync)$/, 'a cache mode such as writeback'),
  discard: rule(/^(?:ignore|on)$/, 'ignore or on'),
  aio: rule(/^(?:native|threads|io_uring)$/, 'native, threads or io_uring'),
  rerror: rule(/^(?:ignore|report|stop)$/, 'ignore, report or stop'),
  werror: rule(/^(?:enospc|ignore|report|stop)$/, 'enospc, ignore, report or stop'),
  queues: rule(/^(?:[2-9]|[1-9]\d)$/, 'a number of queues from 2 to 99'),
  wwn: rule(/^0x[0-9a-fA-F]{16}$/, '16 hex digits after 0x'),
  ...all(['serial', 'model', 'product', 'vendor'], TEXT),
  ...all('backup replicate shared snapshot detect_zeroes iothread ro scsiblock ssd'.split(' '), BOOLEAN),
  ...all(
    THROTTLES.flatMap((name) => [name, `${name}_max`, `${name}_max_length`, `${name}_length`]),
    RATE,
  ),
});

// What qemu-server 9.2.6 takes (PVE/QemuServer.pm, QemuServer/{Drive,Network,RNG,USB}.pm), and never more.
const GRAMMARS: ReadonlyMap<string, Grammar> = new Map([
  ...['scsi', 'ide', 'sata', 'virtio', 'cdrom'].map((family): [string, Grammar] => [family, DRIVE]),
  [
    'efidisk',
    list('file', {
      ...volume,
      efitype: rule(/^[24]m$/, '2m or 4m'),
      'pre-enrolled-keys': BOOLEAN,
      'ms-cert': rule(/^(?:2011|2023[wk]?)$/, '2011, 2023, 2023w or 2023k'),
    }),
  ],
  ['tpmstate', list('file', { ...volume, version: rule(/^v(?:1\.2|2\.0)$/, 'v1.2 or v2.0') })],
  [
    'scsihw',
    plain(
      /^(?:lsi|lsi53c810|virtio-scsi-pci|virtio-scsi-single|megasas|pvscsi)$/,
      'a SCSI controller such as virtio-scsi-single',
    ),
  ],
  [
    'net',
    list('model', {
      model: rule(new RegExp(`^(?:${MODELS.replaceAll(' ', '|')})$`), 'a network card such as virtio'),
      macaddr: MAC,
      ...all(MODELS.split(' '), MAC),
      bridge: NAME,
      ...all(['firewall', 'link_down', 'host-tunnel'], BOOLEAN),
      queues: rule(/^(?:\d|[1-5]\d|6[0-4])$/, 'a number of queues up to 64'),
      rate: RATE,
      tag: NUMBER,
      trunks: rule(/^[\d;-]{1,100}$/, 'VLANs such as 2-4;7'),
      mtu: rule(/^\d{1,5}$/, 'a number of bytes'),
    }),
  ],
  ['serial', plain(/^socket$/, 'socket: a device of the host cannot be given')],
  [
    'rng',
    list('source', {
      source: rule(/^\/dev\/urandom$/, '/dev/urandom'),
      max_bytes: NUMBER,
      period: NUMBER,
    }),
  ],
  [
    'audio',
    list('device', {
      device: rule(/^(?:ich9-intel-hda|intel-hda|AC97)$/, 'ich9-intel-hda, intel-hda or AC97'),
      driver: rule(/^(?:spice|none)$/, 'spice or none'),
    }),
  ],
  [
    'boot',
    list('legacy', {
      legacy: rule(/^[acdn]{1,4}$/, 'order=scsi0;net0 or letters of a, c, d, n'),
      order: rule(/^(?:[a-z]+\d{1,2}(?:;[a-z]+\d{1,2})*)$/, 'devices such as scsi0;net0'),
    }),
  ],
  ['bootdisk', plain(/^(?:ide|sata|scsi|virtio)\d{1,2}$/, 'a disk such as scsi0')],
  ['tablet', { kind: 'plain', rule: BOOLEAN }],
  ['localtime', { kind: 'plain', rule: BOOLEAN }],
  [
    'startdate',
    plain(
      /^(?:now|\d{4}-\d{1,2}-\d{1,2}(?:T\d{1,2}:\d{1,2}:\d{1,2})?)$/,
      'now or a date such as 2006-06-17T16:01:21',
    ),
  ],
  [
    'smbios1',
    list('', {
      uuid: rule(UUID, 'a UUID'),
      base64: BOOLEAN,
      ...all(
        ['manufacturer', 'product', 'version', 'serial', 'sku', 'family'],
        rule(/^[A-Za-z0-9+/=._ -]{1,200}$/, 'text'),
      ),
    }),
  ],
  ['vmgenid', plain(new RegExp(`${UUID.source}|^[01]$`), 'a UUID, 0 or 1')],
]);

/** What in the guest's own part of a config must not become QEMU options; empty: nothing. */
export function guestValueProblems(config: VmConfig): ConfigProblem[] {
  return config.entries.filter(({ key }) => classOfKey(key) === 'guest').flatMap(entryProblems);
}

function entryProblems(entry: ConfigEntry): ConfigProblem[] {
  const grammar = GRAMMARS.get(splitKey(entry.key).family);
  if (grammar === undefined) return [];
  const problems = grammarProblems(grammar, entry);
  if (problems.length > 0 || grammar !== DRIVE || isCdrom(entry.value)) return problems;
  if (diskBytes(entry.value) !== null) return [];
  const hint = 'write "local:8" for 8 GiB, or add size=8G';
  return [problemIn(entry, `${entry.key} does not say how large the disk is, up to 2T`, hint)];
}

function all(names: readonly string[], known: Rule): Readonly<Record<string, Rule>> {
  return Object.fromEntries(names.map((name) => [name, known]));
}
