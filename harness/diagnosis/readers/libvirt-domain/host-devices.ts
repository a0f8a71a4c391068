import type { Quote } from '../../quote.ts';
import { type DeviceDraft, deviceDraft } from '../vm-draft/device-draft.ts';
import type { VmDraft } from '../vm-draft/vm-draft.ts';
import { childAt, elementsNamed, type XmlElement } from './xml.ts';

type QuoteOf = (element: XmlElement) => Quote;

/** Every `<hostdev>` that is a PCI or a mediated device, by the name that QEMU gets for it. */
export function hostDevices(
  root: XmlElement,
  machine: VmDraft['machine'],
  quoteOf: QuoteOf,
): readonly DeviceDraft[] {
  // libvirt counts all of them, those of USB too.
  return elementsNamed(root, 'hostdev').flatMap((element, index) => {
    const type = element.attributes.get('type');
    if (type !== 'pci' && type !== 'mdev') return [];
    const alias = childAt(element, 'alias')?.attributes.get('name');
    const device = deviceDraft(alias ?? `hostdev${index}`, quoteOf(element));
    const source = childAt(element, 'source', 'address')?.attributes;
    if (type === 'mdev') device.mdev = source?.get('uuid') ?? 'mdev';
    else if (source !== undefined) device.host = sourceAddress(source);
    readRom(device, childAt(element, 'rom')?.attributes);
    readPlace(device, childAt(element, 'address')?.attributes, machine);
    if (device.host !== null) device.properties.set('host', device.host);
    return [device];
  });
}

/** What has an address on the guest's bus 00 and is no passed device. */
export function takenByOthers(root: XmlElement, quoteOf: QuoteOf): VmDraft['taken'] {
  const devices = elementsNamed(root, 'devices').flatMap(({ children }) => children);
  return devices.flatMap((element) => {
    const address = childAt(element, 'address')?.attributes;
    if (element.name === 'hostdev' || address?.get('type') !== 'pci' || number(address.get('bus')) !== 0)
      return [];
    const slot = number(address.get('slot'));
    if (slot === null) return [];
    const { attributes } = element;
    const model =
      attributes.get('model') ?? attributes.get('type') ?? childAt(element, 'model')?.attributes.get('type');
    const by = [element.name, attributes.get('index') ?? '', model ?? '']
      .filter((word) => word !== '')
      .join(' ');
    return [{ slot, by, quote: quoteOf(element) }];
  });
}

function readRom({ properties }: DeviceDraft, rom: XmlElement['attributes'] | undefined): void {
  const file = rom?.get('file');
  if (file !== undefined && file !== '') properties.set('romfile', file);
  if (rom?.get('bar') === 'off') properties.set('rombar', '0');
  // libvirt then gives an empty file.
  if (rom?.get('enabled') === 'no') properties.set('romfile', '').set('rombar', '0');
}

/** libvirt calls the root bus as QEMU does, and all others `pci.<n>`. */
function readPlace(
  device: DeviceDraft,
  address: XmlElement['attributes'] | undefined,
  machine: VmDraft['machine'],
): void {
  const [bus, slot] = [number(address?.get('bus')), number(address?.get('slot'))];
  if (address?.get('type') !== 'pci' || slot === null) return;
  const name =
    bus === 0 ? (machine.type === 'i440fx' ? 'pci.0' : 'pcie.0') : bus === null ? null : `pci.${bus}`;
  if (name !== null) device.properties.set('bus', name);
  device.pcie = machine.type === 'q35' && bus !== 0;
  device.properties.set('addr', `0x${slot.toString(16)}.${number(address.get('function')) ?? 0}`);
}

function sourceAddress(source: XmlElement['attributes']): string | null {
  const [bus, slot, fn] = ['bus', 'slot', 'function'].map((name) => number(source.get(name)));
  if (typeof bus !== 'number' || typeof slot !== 'number') return null;
  const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0');
  return `${hex(number(source.get('domain')) ?? 0, 4)}:${hex(bus, 2)}:${hex(slot, 2)}.${fn ?? 0}`;
}

/** libvirt writes hexadecimal with `0x`, and takes decimal. */
export function number(text: string | undefined): number | null {
  if (text === undefined || !/^(?:0x[0-9a-f]{1,8}|\d{1,9})$/i.test(text)) return null;
  return Number(text);
}
