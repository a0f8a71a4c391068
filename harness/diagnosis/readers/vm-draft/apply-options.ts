import { cpuOption } from './cpu-option.ts';
import { type DeviceDraft, deviceDraft, hostAddress, pciAddress } from './device-draft.ts';
import { optionList, type OptionList, type QemuOption } from './qemu-option.ts';
import { machineOf, MAX_DEVICES, type VmDraft } from './vm-draft.ts';

/** Emulated displays by QEMU's device name. */
const DISPLAYS: ReadonlyMap<string, string> = new Map([
  ['VGA', 'std'],
  ['bochs-display', 'std'],
  ['cirrus-vga', 'cirrus'],
  ['vmware-svga', 'vmware'],
  ['qxl-vga', 'qxl'],
  ['virtio-vga', 'virtio'],
  ['virtio-vga-gl', 'virtio-gl'],
  ['virtio-gpu-pci', 'virtio'],
]);

const ON_ROOT_BUS = new Set([undefined, 'pci.0', 'pcie.0']);

/** Adds what a QEMU command line says to a VM, in the order in which QEMU looks at its options. */
export function applyOptions(draft: VmDraft, options: readonly QemuOption[]): void {
  for (const option of options) applyOne(draft, option);
  for (const option of options) if (option.name === 'set') applySet(draft, option);
  for (const option of options) if (option.name === 'global') applyGlobal(draft, option);
}

function applyOne(draft: VmDraft, option: QemuOption): void {
  const { name, value, quote } = option;
  if (value === null) return;
  switch (name) {
    case 'device':
      applyDevice(draft, option, optionList(value));
      return;
    case 'cpu':
      draft.cpu = cpuOption(value);
      draft.at.set('cpu', quote);
      return;
    case 'machine':
    case 'M': {
      const { first, properties } = optionList(value, 'type');
      const machine = machineOf(first || (properties.get('type') ?? ''));
      if (machine.type !== null) draft.machine = machine;
      if (properties.has('pflash0')) draft.firmware ??= 'ovmf';
      draft.at.set('machine', quote);
      return;
    }
    case 'm': {
      draft.memory = mebibytes(optionList(value, 'size'));
      draft.at.set('memory', quote);
      return;
    }
    case 'vga':
      // Proxmox and others say none here and add the display as a device.
      draft.display ??= value;
      if (!draft.at.has('vga')) draft.at.set('vga', quote);
      return;
    case 'bios':
    case 'pflash':
    case 'drive':
    case 'blockdev':
      if (/ovmf|edk2|uefi/i.test(value)) draft.firmware = 'ovmf';
      return;
  }
}

function applyDevice(draft: VmDraft, { quote }: QemuOption, list: OptionList): void {
  const { first: driver, properties } = list;
  const id = properties.get('id');
  if (id !== undefined) draft.at.set(id, quote);
  for (const [name, type] of list.types)
    draft.typed.push({ device: id ?? driver, name, value: properties.get(name) ?? '', type, quote });
  if (driver.startsWith('vfio-pci')) {
    if (draft.devices.length >= MAX_DEVICES) return;
    draft.devices.push(vfioDevice(draft, list, quote));
    return;
  }
  const display = DISPLAYS.get(driver);
  if (display !== undefined && (draft.display === null || draft.display === 'none')) {
    draft.display = display;
    draft.at.set('vga', quote);
  }
  const place = ON_ROOT_BUS.has(properties.get('bus')) ? pciAddress(properties.get('addr')) : null;
  const root = draft.machine.type !== 'q35' || properties.get('bus') !== 'pci.0';
  if (place !== null && root) draft.taken.push({ slot: place.slot, by: id ?? driver, quote });
}

function vfioDevice(draft: VmDraft, { properties }: OptionList, quote: DeviceDraft['quote']): DeviceDraft {
  const name = properties.get('id') ?? `vfio${draft.devices.length}`;
  const device = deviceDraft(name, quote, properties);
  const sysfs = properties.get('sysfsdev') ?? '';
  const [, address] = /\/([0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7])\/?$/i.exec(sysfs) ?? [];
  device.host = hostAddress(properties.get('host') ?? address);
  const [, uuid] = /([0-9a-f]{8}-[0-9a-f-]{27})\/?$/i.exec(sysfs) ?? [];
  device.mdev = uuid ?? null;
  device.pcie = /pcie|root|^pci\.[1-9]|^rp/i.test(properties.get('bus') ?? '');
  return device;
}

/** `-set device.<id>.<property>=<value>`, which needs the device to be there. */
function applySet({ devices }: VmDraft, { value }: QemuOption): void {
  const set = readSet(value);
  if (set === null || set.group !== 'device') return;
  devices.find(({ name }) => name === set.id)?.properties.set(set.property, set.value);
}

/** A `-set`: what it names, and what to. */
export interface SetWord {
  readonly group: string;
  readonly id: string;
  readonly property: string;
  readonly value: string;
}

/** The value of a `-set`; null where QEMU would not understand it. */
export function readSet(text: string | null): SetWord | null {
  const [, group, id, property, value] =
    /^([^.=]{1,64})\.([^.=]{1,64})\.([^=]{1,64})=(.*)$/s.exec(text ?? '') ?? [];
  if (group === undefined || id === undefined || property === undefined || value === undefined) return null;
  return { group, id, property, value };
}

/** `-global vfio-pci.<property>=<value>`: a default for all of them. */
function applyGlobal({ devices }: VmDraft, { value }: QemuOption): void {
  const { properties } = optionList(value ?? '', 'driver');
  const short = /^(vfio-pci[\w-]{0,20})\.([^=]{1,64})=(.*)$/s.exec(value ?? '');
  const [driver, name, to] =
    short === null
      ? [properties.get('driver'), properties.get('property'), properties.get('value')]
      : short.slice(1);
  if (driver?.startsWith('vfio-pci') !== true || name === undefined || to === undefined) return;
  for (const device of devices) if (!device.properties.has(name)) device.properties.set(name, to);
}

const UNITS: Readonly<Record<string, number>> = { k: 1 / 1024, m: 1, g: 1024, t: 1024 * 1024 };

function mebibytes({ first, properties }: OptionList): number | null {
  const [, digits, unit = 'm'] = /^(\d{1,9})([kmgt]?)/i.exec(first || (properties.get('size') ?? '')) ?? [];
  return digits === undefined ? null : Number(digits) * (UNITS[unit.toLowerCase() || 'm'] ?? 1);
}
