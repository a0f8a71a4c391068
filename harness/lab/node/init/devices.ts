import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PLACES } from '../places.ts';

interface Device {
  readonly address: string;
  /** `8086:46d1` */
  readonly id: string;
  readonly class: string;
  readonly driver: string | null;
  readonly group: number;
}

/** The functions of a small machine with an Intel N100, as far as a node looks at them. */
function devicesOf(igpu: string): readonly Device[] {
  return [
    { address: '0000:00:00.0', id: '8086:461c', class: '0x060000', driver: null, group: 1 },
    { address: '0000:00:02.0', id: igpu, class: '0x030000', driver: 'i915', group: 0 },
    { address: '0000:00:14.0', id: '8086:54ed', class: '0x0c0330', driver: 'xhci_hcd', group: 5 },
    { address: '0000:00:1f.0', id: '8086:5481', class: '0x060100', driver: null, group: 10 },
    { address: '0000:00:1f.3', id: '8086:54c8', class: '0x040300', driver: 'snd_hda_intel', group: 10 },
  ];
}

const DRIVERS = ['i915', 'snd_hda_intel', 'vfio-pci', 'xe', 'xhci_hcd'];

/** Makes the tree that Linux has below /sys for these devices, their drivers and their IOMMU groups. */
export function addDevices(igpu: string): void {
  for (const driver of DRIVERS) {
    const folder = join(PLACES.pci, 'drivers', driver);
    for (const name of ['bind', 'unbind', 'new_id', 'remove_id']) put(join(folder, name), '');
  }
  put(join(PLACES.pci, 'drivers_probe'), '');
  mkdirSync(join(PLACES.pci, 'devices'), { recursive: true });
  mkdirSync('/sys/class/iommu/dmar0', { recursive: true });
  mkdirSync('/sys/class/net/vmbr0/bridge', { recursive: true });
  for (const device of devicesOf(igpu)) addDevice(device);
}

function addDevice({ address, id, class: kind, driver, group }: Device): void {
  const folder = join('/sys/devices/pci0000:00', address);
  const [vendor = '', product = ''] = id.split(':');
  const files: Readonly<Record<string, string>> = {
    vendor: `0x${vendor}`,
    device: `0x${product}`,
    class: kind,
    revision: '0x00',
    subsystem_vendor: `0x${vendor}`,
    subsystem_device: '0x2212',
    ...(kind.startsWith('0x03') ? { boot_vga: '1', power_state: 'D0' } : {}),
    driver_override: '(null)',
    enable: '0',
    irq: '16',
    numa_node: '-1',
    'power/control': 'on',
    'power/runtime_status': 'active',
    reset_method: 'flr bus',
  };
  for (const [name, text] of Object.entries(files)) put(join(folder, name), `${text}\n`);
  put(join(folder, 'reset'), '');
  const ids = [vendor, product].flatMap((hex) => [
    Number.parseInt(hex.slice(2), 16),
    Number.parseInt(hex.slice(0, 2), 16),
  ]);
  put(join(folder, 'config'), Buffer.from([...ids, ...new Array<number>(60).fill(0)]));
  symlinkSync(`../../../devices/pci0000:00/${address}`, join(PLACES.pci, 'devices', address));
  const members = join('/sys/kernel/iommu_groups', String(group), 'devices');
  put(join(members, '..', 'type'), 'DMA-FQ\n');
  mkdirSync(members, { recursive: true });
  symlinkSync(`../../../../devices/pci0000:00/${address}`, join(members, address));
  symlinkSync(`../../../kernel/iommu_groups/${group}`, join(folder, 'iommu_group'));
  if (driver === null) return;
  symlinkSync(`../../../bus/pci/drivers/${driver}`, join(folder, 'driver'));
  symlinkSync(`../../../../devices/pci0000:00/${address}`, join(PLACES.pci, 'drivers', driver, address));
}

function put(path: string, text: string | Uint8Array): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}
