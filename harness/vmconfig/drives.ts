import { type ConfigDrive, drivesOf } from './boot-order.ts';
import { valueOf } from './parse.ts';
import { devices, option, type Part, type PrivateFile, type Setting } from './part.ts';
import { pciAddress } from './pci.ts';
import { isOn, propertyMap } from './property-string.ts';
import { diskBytes, isCdrom } from './volume.ts';

type Given = ReadonlyMap<string, string>;

const HONOURED = new Set(
  'media cache discard detect_zeroes serial model product vendor wwn ssd iothread queues ro rerror werror'.split(
    ' ',
  ),
);
/** Where the bytes lie and what happens to them beside the VM: no guest sees that. */
const STORAGE = new Set('file volume size format backup replicate shared snapshot aio'.split(' '));
/** Units on one SATA controller. */
const SATA_UNITS = 6;

/**
 * Disks and CD-ROM drives with their controllers. Every disk is empty and this run's own; the volume's name says
 * nothing here. A CD-ROM drive has no medium. Source: qemu-server PVE/QemuServer.pm, config_to_command;
 * PVE/QemuServer/{DriveDevice,Blockdev,Drive}.pm. The host's page cache is always used: what a cache mode shows to
 * the guest is whether the disk has a write cache.
 */
export function drives(setting: Setting): Part {
  const made = new Set<string>();
  const parts = drivesOf(setting.config).map((drive) => {
    const given = propertyMap(drive.value, 'file');
    const controllers = controllerOf(drive, given, setting).filter(({ id }) => !made.has(id));
    for (const { id } of controllers) made.add(id);
    return {
      argv: [
        ...controllers.flatMap(({ argv }) => argv),
        ...threadOf(drive, given),
        ...backend(drive, given, setting),
        ...devices(frontend(drive, given, setting)),
      ],
      notHonoured: leftOut(drive, given),
      files: fileOf(drive),
    };
  });
  return {
    argv: parts.flatMap(({ argv }) => argv),
    notHonoured: parts.flatMap(({ notHonoured }) => notHonoured),
    files: parts.flatMap(({ files }) => files),
  };
}

/** SCSI controllers are one for all disks, for seven of them, or one a disk (DriveDevice.pm, scsihw_infos). */
function scsiOf(
  { config }: Setting,
  index: number,
): { hw: string; id: string; unit: number; single: boolean } {
  const hw = valueOf(config, 'scsihw') ?? 'lsi';
  const single = hw === 'virtio-scsi-single';
  const most = hw.startsWith('lsi') ? 7 : single ? 1 : 256;
  const id = `${single ? 'virtioscsi' : 'scsihw'}${Math.floor(index / most)}`;
  return { hw, id, unit: index % most, single };
}

function controllerOf(drive: ConfigDrive, given: Given, setting: Setting): { id: string; argv: string[] }[] {
  if (drive.family === 'sata') {
    const id = `ahci${Math.floor(drive.index / SATA_UNITS)}`;
    return [{ id, argv: devices(`ich9-ahci,id=${id},multifunction=on,${pciAddress(id)}`) }];
  }
  if (drive.family !== 'scsi') return [];
  const { hw, id, single } = scsiOf(setting, drive.index);
  const type = hw === 'lsi' ? 'lsi53c895a' : single ? 'virtio-scsi-pci' : hw;
  const threaded = single && isOn(given.get('iothread'));
  const thread = threaded ? ['-object', `iothread,id=iothread-${id}`] : [];
  const queues = single ? option('num_queues', given.get('queues')) : '';
  const controller = `${type},id=${id},${pciAddress(id)}${option('iothread', threaded ? `iothread-${id}` : null)}${queues}`;
  return [{ id, argv: [...thread, ...devices(controller)] }];
}

function threadOf({ family, id }: ConfigDrive, given: Given): string[] {
  return family === 'virtio' && isOn(given.get('iothread')) ? ['-object', `iothread,id=iothread-${id}`] : [];
}

function backend({ id, value }: ConfigDrive, given: Given, { path }: Setting): string[] {
  if (isCdrom(value)) return [];
  const discard = given.get('discard') === 'on';
  const zeroes = isOn(given.get('detect_zeroes'), true) ? (discard ? 'unmap' : 'on') : 'off';
  const common = { discard: discard ? 'unmap' : 'ignore', 'read-only': isOn(given.get('ro')) ? 'on' : 'off' };
  const cache = given.get('cache') === 'unsafe' ? ',cache.no-flush=on' : '';
  return [
    '-blockdev',
    `driver=raw,node-name=drive-${id}${option('discard', common.discard)}${option('read-only', common['read-only'])}` +
      `,detect-zeroes=${zeroes}${cache},file.driver=file,file.filename=${path(id)},file.discard=${common.discard}`,
  ];
}

function frontend(drive: ConfigDrive, given: Given, { bootOrder, ...setting }: Setting): string {
  const cdrom = isCdrom(drive.value);
  const backed = cdrom ? null : `drive-${drive.id}`;
  const tail = option('bootindex', bootOrder.get(drive.id)) + option('serial', given.get('serial'));
  const cache = `${option('write-cache', cdrom ? null : writeCache(given))}${option('rerror', given.get('rerror'))}${option('werror', given.get('werror'))}`;
  const ssd = option('rotation_rate', !cdrom && isOn(given.get('ssd')) ? 1 : null);
  const wwn = option('wwn', given.get('wwn'));
  const named = `${option('drive', backed)},id=${drive.id}`;
  if (drive.family === 'virtio') {
    const thread = option('iothread', isOn(given.get('iothread')) ? `iothread-${drive.id}` : null);
    return `virtio-blk-pci${named},${pciAddress(drive.id)}${thread}${tail}${cache}`;
  }
  if (drive.family === 'scsi') {
    const { hw, id, unit } = scsiOf({ bootOrder, ...setting }, drive.index);
    const plain = hw.startsWith('lsi') || hw === 'pvscsi';
    const place = plain ? `scsi-id=${unit}` : `channel=0,scsi-id=0,lun=${drive.index}`;
    const words = option('vendor', given.get('vendor')) + option('product', given.get('product'));
    const type = `scsi-${cdrom ? 'cd' : 'hd'},bus=${id}.0,${place}${named},device_id=drive-${drive.id}`;
    return `${type}${ssd}${wwn}${words}${tail}${cache}`;
  }
  const model = option('model', cdrom ? null : given.get('model'));
  return `ide-${cdrom ? 'cd' : 'hd'},${ideBus(drive, setting.machine.q35)}${named}${model}${ssd}${wwn}${tail}${cache}`;
}

/** On q35 a bus takes one unit, so Proxmox moves odd disks up by two (DriveDevice.pm, print_drivedevice_full). */
function ideBus({ family, index }: ConfigDrive, q35: boolean): string {
  if (family === 'sata') return `bus=ahci${Math.floor(index / SATA_UNITS)}.${index % SATA_UNITS}`;
  const [bus, unit] = [Math.floor(index / 2), index % 2];
  return q35 ? `bus=ide.${bus + 2 * unit},unit=0` : `bus=ide.${bus},unit=${unit}`;
}

function writeCache(given: Given): 'on' | 'off' {
  return /^(?:writethrough|directsync)$/.test(given.get('cache') ?? '') ? 'off' : 'on';
}

function leftOut({ id, value }: ConfigDrive, given: Given): string[] {
  const medium =
    isCdrom(value) && given.get('file') !== 'none' ? [`${id}.file (an empty drive is there)`] : [];
  const others = [...given.keys()].filter((name) => !HONOURED.has(name) && !STORAGE.has(name));
  return [...medium, ...others.map((name) => `${id}.${name}`)];
}

function fileOf({ id, value }: ConfigDrive): PrivateFile[] {
  const bytes = isCdrom(value) ? null : diskBytes(value);
  return bytes === null ? [] : [{ id, kind: 'disk', bytes }];
}
