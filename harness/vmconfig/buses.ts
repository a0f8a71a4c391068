/**
 * The `-device` values that make a bus of Proxmox's virtual machines on plain QEMU, those it hangs on first. Empty for
 * a bus that QEMU's machine has by itself and for one that Proxmox's machine would not have either, which QEMU then
 * refuses as it does there. Source: qemu-server src/usr/pve-q35-4.0.cfg, PVE/QemuServer/PCI.pm (get_pci_addr_map,
 * print_pcie_root_port); accepted by QEMU 7.2.
 */
export function busDevices(
  bus: string,
  machine: { readonly q35: boolean; readonly legacyIgd: boolean },
): string[] {
  const port = /^ich9-pcie-port-(\d+)$/.exec(bus)?.[1];
  if (port !== undefined) return machine.q35 ? rootPorts(Number(port)) : [];
  const bridge = /^pci\.(\d+)$/.exec(bus)?.[1];
  if (bridge === undefined) return [];
  return machine.q35 ? q35Bridge(Number(bridge)) : i440fxBridge(Number(bridge), machine.legacyIgd);
}

// A guest finds function 1 of a slot only if there is a function 0, so the lower ports are made too.
function rootPorts(highest: number): string[] {
  return Array.from({ length: highest }, (_, index) => {
    const slot = index < 4 ? 0x1c : index < 12 ? 0x10 : 0x11;
    const fn = index < 4 ? index : (index - 4) % 8;
    const id = index + 1;
    return (
      `pcie-root-port,id=ich9-pcie-port-${id},bus=pcie.0,addr=0x${slot.toString(16)}.${fn},multifunction=on,` +
      `port=${id},chassis=${id},x-speed=16,x-width=32`
    );
  });
}

function q35Bridge(index: number): string[] {
  if (index > 3) return [];
  return [
    'i82801b11-bridge,id=pcidmi,bus=pcie.0,addr=0x1e.0',
    `pci-bridge,id=pci.${index},bus=pcidmi,addr=0x${index + 1}.0,chassis_nr=${index + 1}`,
  ];
}

function i440fxBridge(index: number, legacyIgd: boolean): string[] {
  const first = 'pci-bridge,id=pci.1,chassis_nr=1,bus=pci.0,addr=0x1e';
  // Legacy mode needs 1f.0 of the root bus for the LPC bridge, so the second bridge moves.
  const second = legacyIgd ? [first, bridge(2, 'pci.1', '0x1e')] : [bridge(2, 'pci.0', '0x1f')];
  return [[], [first], second, [bridge(3, 'pci.0', '0x5')], [first, bridge(4, 'pci.1', '0x1c')]][index] ?? [];
}

function bridge(index: number, bus: string, addr: string): string {
  return `pci-bridge,id=pci.${index},chassis_nr=${index},bus=${bus},addr=${addr}`;
}
