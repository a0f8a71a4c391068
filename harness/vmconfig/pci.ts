/** Slot by device id on Proxmox's conventional buses `pci.<bus>` (qemu-server PVE/QemuServer/PCI.pm, get_pci_addr_map). */
const SLOTS: ReadonlyMap<string, readonly [bus: number, slot: number]> = new Map([
  ...row(0, 2, ['vga', 'balloon0', 'watchdog', 'scsihw0', 'scsihw1', 'ahci0', 'qga0', 'spice']),
  ...row(0, 10, named('virtio', 0, 5)),
  ...row(0, 16, ['hostpci0', 'hostpci1']),
  ...row(0, 18, named('net', 0, 5)),
  ...row(0, 24, ['vga1', 'vga2', 'vga3', 'hostpci2', 'hostpci3']),
  ...row(0, 30, ['pci.1', 'pci.2']),
  ...row(0, 5, ['pci.3']),
  ...row(1, 1, named('net', 6, 31)),
  ...row(1, 27, ['xhci', 'pci.4', 'rng0', 'pci.2-igd']),
  ...row(2, 1, named('virtio', 6, 15)),
  ...row(2, 11, ['ivshmem', 'audio0']),
  ...row(2, 13, named('hostpci', 4, 15)),
  ...row(3, 1, named('virtioscsi', 0, 30)),
  ...row(4, 1, named('scsihw', 2, 4)),
]);

/** `bus=pci.0,addr=0x12` for `net0`. Throws for an id that Proxmox has no slot for. */
export function pciAddress(id: string): string {
  const { bus, addr } = pciPlace(id);
  return `bus=${bus},addr=${addr}`;
}

export function pciPlace(id: string): { readonly bus: string; readonly addr: string } {
  const [bus, slot] = SLOTS.get(id) ?? [];
  if (bus === undefined || slot === undefined) throw new RangeError(`Proxmox has no PCI slot for ${id}`);
  return { bus: `pci.${bus}`, addr: `0x${slot.toString(16)}` };
}

function named(family: string, first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `${family}${first + index}`);
}

/** Devices side by side, the first of them in slot `first`. */
function row(bus: number, first: number, ids: readonly string[]): [string, readonly [number, number]][] {
  return ids.map((id, index) => [id, [bus, first + index]]);
}
