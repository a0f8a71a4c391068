import { splitKey } from '../../../vmconfig/keys.ts';
import { pciPlace } from '../../../vmconfig/pci.ts';
import type { Quote } from '../../quote.ts';
import type { VmSetup } from '../../vm-setup.ts';

export interface Emulated {
  readonly q35: boolean;
  readonly display: string | null;
  /** Of all keys in force, what they say and where. */
  readonly keys: ReadonlyMap<string, { readonly value: string; readonly quote: Quote }>;
  /** For what is always there. */
  readonly machine: Quote;
  readonly legacyIgd: boolean;
}

type Taken = VmSetup['taken'][number];

/**
 * What Proxmox itself puts on the guest's bus 00. Source: qemu-server PVE/QemuServer/PCI.pm, get_pci_addr_map;
 * usr/pve-q35-4.0.cfg.
 */
export function takenSlots(emulated: Emulated): readonly Taken[] {
  const { q35, display, keys, machine } = emulated;
  const vga = keys.get('vga')?.quote ?? machine;
  const shown = display !== null && display !== 'none' && !display.startsWith('serial');
  if (q35)
    return [
      ...(shown ? [{ slot: 1, by: 'vga', quote: vga }] : []),
      ...[0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f].map((slot) => ({ slot, by: 'chipset', quote: machine })),
    ];
  const chipset = [0, 1].map((slot) => ({ slot, by: 'chipset', quote: machine }));
  const bridges = (emulated.legacyIgd ? ['pci.1'] : ['pci.1', 'pci.2']).flatMap((id) => at(id, machine));
  const devices = [...keys].flatMap(([key, { value, quote }]) => {
    const id = deviceOf(key, value, keys.get('scsihw')?.value ?? '');
    return id === null ? [] : at(id, quote);
  });
  const seen = new Set<string>();
  return [...chipset, ...(shown ? at('vga', vga) : []), ...devices, ...bridges].filter(({ slot, by }) => {
    const known = seen.has(`${slot} ${by}`);
    seen.add(`${slot} ${by}`);
    return !known;
  });
}

function deviceOf(key: string, value: string, scsihw: string): string | null {
  const { family, index } = splitKey(key);
  if (key === 'balloon') return value === '0' ? null : 'balloon0';
  if (key === 'agent') return /^(?:enabled=)?(?:1|on|yes|true)/i.test(value) ? 'qga0' : null;
  if (key === 'watchdog') return 'watchdog';
  if (index === null) return null;
  if (family === 'scsi') return scsihw === 'virtio-scsi-single' ? 'pci.3' : 'scsihw0';
  if (family === 'sata') return 'ahci0';
  return (family === 'net' || family === 'virtio') && index < 6 ? key : null;
}

function at(id: string, quote: Quote): Taken[] {
  const { bus, addr } = pciPlace(id);
  return bus === 'pci.0' ? [{ slot: Number(addr), by: id, quote }] : [];
}
