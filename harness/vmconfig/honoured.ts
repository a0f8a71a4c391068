import { splitKey } from './keys.ts';

/** Whether a local boot does what a key asks: all of it, what a guest can see of it (nothing), or none of it. */
export type Honoured = 'yes' | 'unseen' | 'no';

export interface KeyRow {
  /** A key, or a family such as `scsi` for `scsi0`, `scsi1`, …; `numa0` stands for the nodes, `numa` for the switch. */
  readonly keys: readonly string[];
  readonly honoured: Honoured;
  /** For a person, one line of Markdown. */
  readonly how: string;
  /** Where Proxmox turns it into QEMU's options: a file of qemu-server's `src/PVE/`. */
  readonly source: string;
}

/** What becomes of every key that a config or a guest may hold when it is booted on this machine's own QEMU. */
export const KEY_ROWS: readonly KeyRow[] = [
  row('bios', 'yes', "Debian's SeaBIOS or OVMF", 'QemuServer/OVMF.pm'),
  row(
    'machine',
    'yes',
    'type and version, `viommu`, `aw-bits`, `enable-s3`, `enable-s4`',
    'QemuServer/Machine.pm',
  ),
  row(
    'cpu',
    'yes',
    'but for `reported-model`, `guest-phys-bits`, `nested-virt`; `hv-*` and `phys-bits` need KVM',
    'QemuServer/CPUConfig.pm',
  ),
  row(
    'cores sockets memory numa numa0',
    'yes',
    "but for a node's `hostnodes` and `policy`",
    'QemuServer/Memory.pm',
  ),
  row('balloon', 'yes', 'the device; the guest is not asked to give memory back', 'QemuServer.pm'),
  row('vga', 'yes', 'all kinds and `memory`; `virtio-gl` becomes `virtio`', 'QemuServer.pm'),
  row('ostype', 'yes', 'clock, HPET, machine pin; Hyper-V features need KVM', 'QemuServer/Cfg2Cmd/Timer.pm'),
  row('agent', 'yes', '`enabled` and both kinds of `type`', 'QemuServer.pm'),
  row(
    'hostpci',
    'yes',
    'the stand-in device at its place; of its options `pcie`, `rombar`, `romfile`, `legacy-igd`',
    'QemuServer/PCI.pm',
  ),
  row('args', 'yes', '`-set` of `bus`, `addr`, `rombar`, `romfile`', 'QemuServer.pm'),
  row(
    'efidisk',
    'yes',
    '`efitype`, `pre-enrolled-keys`; variables last as long as the run',
    'QemuServer/OVMF.pm',
  ),
  row('tpmstate', 'yes', 'a `swtpm` of that version; its state lasts as long as the run', 'QemuServer.pm'),
  row(
    'scsi ide sata virtio cdrom',
    'yes',
    'an empty disk of that size, or an empty drive; speed limits are not kept',
    'QemuServer/DriveDevice.pm',
  ),
  row('scsihw', 'yes', 'all controllers', 'QemuServer/DriveDevice.pm'),
  row('net', 'yes', 'the card and its MAC, on a network without a way out', 'QemuServer/Network.pm'),
  row('serial', 'yes', 'the first is the console; nobody listens at the others', 'QemuServer.pm'),
  row('rng', 'yes', 'from `/dev/urandom`', 'QemuServer/RNG.pm'),
  row('audio', 'yes', 'the card; nobody hears it', 'QemuServer.pm'),
  row('tablet', 'yes', 'there unless it is 0', 'QemuServer/USB.pm'),
  row('boot bootdisk', 'yes', "`bootindex`; the guest's kernel comes first, always", 'QemuServer.pm'),
  row('smbios1', 'yes', '`uuid` only', 'QemuServer.pm'),
  row('vmgenid', 'yes', 'where it is a UUID', 'QemuServer.pm'),
  row('localtime startdate', 'yes', '`-rtc`', 'QemuServer/Cfg2Cmd/Timer.pm'),
  row('usb', 'no', 'no SPICE client is connected', 'QemuServer/USB.pm'),
  row(
    'citype ciuser cipassword ciupgrade cicustom searchdomain nameserver sshkeys ipconfig',
    'no',
    'there is no cloud-init drive',
    'QemuServer/Cloudinit.pm',
  ),
  row(
    'name description tags meta onboot autostart startup template keyboard shares cpulimit cpuunits hotplug unused',
    'unseen',
    "the host's own business",
    'QemuServer.pm',
  ),
  row(
    'parent snaptime vmstate vmstatestorage runningmachine runningcpu',
    'unseen',
    'of snapshots',
    'QemuServer.pm',
  ),
];

const BY_KEY: ReadonlyMap<string, KeyRow> = new Map(
  KEY_ROWS.flatMap((one) => one.keys.map((key): [string, KeyRow] => [key, one])),
);

/** The row of a key such as `scsi0`; null where there is none. */
export function keyRow(key: string): KeyRow | null {
  const { family, index } = splitKey(key);
  return BY_KEY.get(family === 'numa' && index !== null ? 'numa0' : family) ?? null;
}

function row(keys: string, honoured: Honoured, how: string, source: string): KeyRow {
  return { keys: keys.split(' '), honoured, how, source };
}
