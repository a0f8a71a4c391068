import { drivesOf } from '../../../vmconfig/boot-order.ts';
import { devices, option, type Setting } from '../../../vmconfig/part.ts';
import { pciAddress } from '../../../vmconfig/pci.ts';
import { valueOf } from '../../../vmconfig/parse.ts';
import { propertyMap } from '../../../vmconfig/property-string.ts';
import { isCdrom } from '../../../vmconfig/volume.ts';
import { NotInStandIn } from '../refusal.ts';
import { blockdev, throttle } from './blockdev.ts';

/** Disks with their controllers, and what stands before all devices. IDE disks are not here. */
export function drives(setting: Setting): {
  readonly objects: readonly string[];
  readonly argv: readonly string[];
} {
  const all = drivesOf(setting.config);
  const disks = all.filter(({ value }) => !isCdrom(value));
  const threads = disks.filter(({ value }) => propertyMap(value, 'file').get('iothread') === '1');
  const single = valueOf(setting.config, 'scsihw') === 'virtio-scsi-single';
  const made = new Set<string>();
  return {
    objects: [
      ...threads.flatMap(({ id, family, index }) => {
        const name = family === 'scsi' && single ? `virtioscsi${index}` : id;
        return ['-object', `iothread,id=iothread-${name}`];
      }),
      ...disks.flatMap(({ id }) => ['-object', throttle(id)]),
    ],
    argv: all.flatMap(({ id, family, index, value }) => {
      const given = propertyMap(value, 'file');
      const boot = option('bootindex', setting.bootOrder.get(id));
      if (isCdrom(value)) return cdrom(id, index, value, boot);
      const access = { direct: !given.has('cache'), unmap: given.get('discard') === 'on' };
      const iothread = given.get('iothread') === '1';
      const [controller, device] = frontend(setting, { id, family, index, iothread });
      const first = controller === null || made.has(controller) ? [] : devices(controller);
      if (controller !== null) made.add(controller);
      const end = `${given.get('ssd') === '1' ? ',rotation_rate=1' : ''}${boot},write-cache=on`;
      return [...first, '-blockdev', blockdev(id, value, access), ...devices(`${device}${end}`)];
    }),
  };
}

interface Disk {
  readonly id: string;
  readonly family: string;
  readonly index: number;
  readonly iothread: boolean;
}

/** A disk's controller, where it has one of its own kind, and the disk as a device. */
function frontend({ config }: Setting, { id, family, index, iothread }: Disk): [string | null, string] {
  const names = `drive=drive-${id},id=${id}`;
  if (family === 'virtio') {
    const thread = iothread ? `,iothread=iothread-${id}` : '';
    return [null, `virtio-blk-pci,${names},${pciAddress(id)}${thread}`];
  }
  if (family === 'sata') {
    const controller = `ahci${Math.floor(index / 6)}`;
    return [
      `ahci,id=${controller},multifunction=on,${pciAddress(controller)}`,
      `ide-hd,bus=${controller}.${index % 6},${names}`,
    ];
  }
  if (family !== 'scsi') throw new NotInStandIn(`a disk at ${id}`);
  const hw = valueOf(config, 'scsihw') ?? 'lsi';
  const ids = `${names},device_id=drive-${id}`;
  if (hw === 'virtio-scsi-single') {
    const thread = iothread ? `,iothread=iothread-virtioscsi${index}` : '';
    return [
      `virtio-scsi-pci,id=virtioscsi${index},${pciAddress(`virtioscsi${index}`)}${thread}`,
      `scsi-hd,bus=virtioscsi${index}.0,channel=0,scsi-id=0,lun=0,${ids}`,
    ];
  }
  const controller = `${hw},id=scsihw0,${pciAddress('scsihw0')}`;
  if (hw === 'lsi') return [controller, `scsi-hd,bus=scsihw0.0,scsi-id=${index},${ids}`];
  if (hw === 'virtio-scsi-pci')
    return [controller, `scsi-hd,bus=scsihw0.0,channel=0,scsi-id=0,lun=${index},${ids}`];
  throw new NotInStandIn(`scsihw: ${hw}`);
}

/** Only drives without a medium. */
function cdrom(id: string, index: number, value: string, boot: string): string[] {
  if (!id.startsWith('ide') || !/^none,/.test(value)) throw new NotInStandIn(`${id}: ${value}`);
  return devices(`ide-cd,bus=ide.${Math.floor(index / 2)},unit=${index % 2},id=${id}${boot}`);
}
