import { busDevices } from '../../../vmconfig/buses.ts';
import { ON_STAND_IN } from '../../../vmconfig/device.ts';
import { devices } from '../../../vmconfig/part.ts';
import { readLabOptions } from '../lab-options.ts';

/** Not a VGA-class device: the ROM of one of those is read from its shadow in low memory and not from `romfile`. */
const STAND_IN = 'bochs-display';
const FIRMWARE = '/usr/share/OVMF/';

/** Whose value follows in the next word. */
type Change = (value: string) => readonly string[];

/**
 * Makes of Proxmox's command line one for the QEMU that is really here: without what only Proxmox's own has, without a
 * network, with emulation, and with an emulated device where the host's iGPU would be, at the same place and with the
 * same ROM file. All else stays as it stands, so that QEMU complains of it in its own words.
 */
export function forThisQemu(words: readonly string[]): readonly string[] {
  const { accelerator, machines } = readLabOptions();
  const emulated = words.some((word, i) => words[i - 1] === '-machine' && word.includes('accel=tcg'));
  const changes: Readonly<Record<string, Change>> = {
    '-id': () => [],
    '-vnc': () => ['-display', 'none'],
    '-readconfig': () =>
      devices(...busDevices({ q35: true, legacyIgd: false, scsiSingle: false, devices: [], pciePorts: [] })),
    '-boot': (value) => ['-boot', value.replace(/,splash=[^,]*/, '')],
    '-cpu': (value) => ['-cpu', emulated || accelerator === 'kvm' ? value : 'max'],
    '-netdev': (value) => ['-netdev', `user,id=${/\bid=([^,]+)/.exec(value)?.[1] ?? 'net0'},restrict=on`],
    '-blockdev': (value) => ['-blockdev', plainFile(value)],
    '-chardev': (value) => ['-chardev', value.replace(/,reconnect-ms=\d+/, '')],
    '-device': (value) => devices(value.startsWith('vfio-pci,') ? standIn(value) : value),
    '-machine': (value) => ['-machine', here(value, machines, emulated ? 'tcg' : accelerator)],
    '-set': (value) => (isForeign(value) ? [] : ['-set', value]),
  };
  const made: string[] = [];
  for (let i = 1; i < words.length; i++) {
    const word = words[i] ?? '';
    const change = changes[word];
    if (word === '-nographic') made.push('-display', 'none');
    else if (change === undefined) made.push(word);
    else made.push(...change(words[++i] ?? ''));
  }
  return made;
}

/** Without ways of reading that a file system in memory does not have. */
function plainFile(json: string): string {
  return json
    .replaceAll('"aio":"io_uring"', '"aio":"threads"')
    .replaceAll('"direct":true', '"direct":false')
    .replaceAll('/usr/share/pve-edk2-firmware//', FIRMWARE);
}

/** The device under test: what vfio-pci alone knows is left out. */
function standIn(value: string): string {
  const known = /^(?:id|bus|addr|multifunction|rombar|romfile)=/;
  return [STAND_IN, ...value.split(',').filter((part) => known.test(part))].join(',');
}

function isForeign(value: string): boolean {
  const property = /^device\.hostpci\d+(?:\.\d)?\.([^=]+)=/.exec(value)?.[1];
  return property !== undefined && !ON_STAND_IN.has(property);
}

/** A machine that this QEMU is too old for becomes the newest one of its kind. */
function here(value: string, machines: readonly string[], accelerator: string): string {
  const type = (/\btype=([^,]+)/.exec(value)?.[1] ?? 'pc').replace(/\+pve\d+$/, '');
  const newest = type.includes('q35') ? 'q35' : 'pc';
  const flags = value.split(',').filter((flag) => !/^(?:type|accel)=/.test(flag));
  const isHere = machines.includes(type) || !/-\d/.test(type);
  return [...flags, `accel=${accelerator}`, `type=${isHere ? type : newest}`].join(',');
}
