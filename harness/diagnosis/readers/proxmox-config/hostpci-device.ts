import { defaultPlacement } from '../../../vmconfig/device.ts';
import type { ConfigEntry } from '../../../vmconfig/entry.ts';
import { parseHostpci } from '../../../vmconfig/hostpci.ts';
import type { Quote } from '../../quote.ts';
import { type DeviceDraft, deviceDraft } from '../vm-draft/device-draft.ts';

const IDS = ['vendor-id', 'device-id', 'sub-vendor-id', 'sub-device-id'] as const;

/**
 * A `hostpciN` as Proxmox gives it to QEMU, before `args`: one device for each host address.
 * Source: qemu-server PVE/QemuServer/PCI.pm, print_hostpci_devices.
 */
export function hostpciDevices(
  entry: ConfigEntry,
  index: number,
  { ovmf, quote }: { readonly ovmf: boolean; readonly quote: Quote },
): readonly DeviceDraft[] {
  // Addresses in capitals are none to Proxmox; what is meant is clear.
  const lower = {
    ...entry,
    value: entry.value.replace(/[0-9A-F]{2}:[0-9A-F]{2}/g, (text) => text.toLowerCase()),
  };
  const hostpci = parseHostpci(lower.value);
  const hosts: readonly (string | null)[] = hostpci.hosts.length > 0 ? hostpci.hosts : [null];
  const place = defaultPlacement({ entry, index, hostpci, sets: [], romfile: null });
  return hosts.map((host, at) => {
    const many = host === null ? false : !host.includes('.') || hosts.length > 1;
    const device = deviceDraft(hosts.length > 1 ? `${entry.key}.${at}` : entry.key, quote, [
      ...(host === null ? [] : [['host', host.includes('.') ? host : `${host}.0`] as [string, string]]),
      ['bus', place.bus],
      ['addr', many && hosts.length > 1 ? `${place.addr}.${at}` : place.addr],
      ...(many ? [['multifunction', 'on'] as [string, string]] : []),
    ]);
    if (at === 0) giveFirst(device, hostpci, ovmf);
    const { mapping, pcie, xVga, legacyIgd, others } = hostpci;
    return Object.assign(device, { host, mapping, pcie, xVga, legacyIgd, mdev: others.get('mdev') ?? null });
  });
}

/** What only function 0 gets. */
function giveFirst(
  { properties }: DeviceDraft,
  hostpci: ReturnType<typeof parseHostpci>,
  ovmf: boolean,
): void {
  if (!hostpci.rombar) properties.set('rombar', '0');
  if (hostpci.romfile !== null) properties.set('romfile', `/usr/share/kvm/${hostpci.romfile}`);
  if (hostpci.xVga && !ovmf) properties.set('x-vga', 'on');
  for (const id of IDS) {
    const value = hostpci.others.get(id);
    if (value !== undefined) properties.set(`x-pci-${id}`, value);
  }
}
