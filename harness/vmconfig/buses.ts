import { pciAddress } from './pci.ts';

interface Wanted {
  readonly q35: boolean;
  readonly legacyIgd: boolean;
  /** Whether the SCSI controllers are one a disk, which have a bridge of their own. */
  readonly scsiSingle: boolean;
  /** All that is put on buses: what names a bus of a device. */
  readonly devices: readonly string[];
  /** N of the `hostpciN` with `pcie=1`. */
  readonly pciePorts: readonly number[];
}

/**
 * The `-device` values that make the buses of Proxmox's virtual machines on plain QEMU, those they hang on first, and
 * what else its q35 always has. A bus that Proxmox's machine would not have is not made: QEMU then refuses what is put
 * on it, as it does there. Source: qemu-server src/usr/pve-q35-4.0.cfg; PVE/QemuServer.pm, config_to_command;
 * PVE/QemuServer/{PCI,USB}.pm, print_pcie_root_port, get_usb_controllers.
 */
export function busDevices(wanted: Wanted): string[] {
  const used = new Set(
    wanted.devices.flatMap((device) => [...device.matchAll(/bus=pci\.(\d)/g)].map(([, bus]) => Number(bus))),
  );
  const fourth = used.has(4) ? [bridge(4)] : [];
  if (wanted.q35) return [...Q35, ...fourth, ...wanted.pciePorts.filter((n) => n > 3).map(rootPort)];
  const second = wanted.legacyIgd
    ? // Legacy mode needs 1f.0 of the root bus for the LPC bridge.
      `pci-bridge,id=pci.2,chassis_nr=2,${pciAddress('pci.2-igd')}`
    : bridge(2);
  const third = wanted.scsiSingle || used.has(3) ? [bridge(3)] : [];
  return [bridge(1), second, ...third, ...fourth, 'piix3-usb-uhci,id=uhci,bus=pci.0,addr=0x1.0x2'];
}

function bridge(index: number): string {
  return `pci-bridge,id=pci.${index},chassis_nr=${index},${pciAddress(`pci.${index}`)}`;
}

function rootPort(index: number): string {
  const slot = index < 4 ? '1c' : index < 12 ? '10' : '11';
  const fn = index < 4 ? index : (index - 4) % 8;
  const id = index + 1;
  return (
    `pcie-root-port,id=ich9-pcie-port-${id},bus=pcie.0,addr=0x${slot}.${fn},multifunction=on,` +
    `port=${id},chassis=${id},x-speed=16,x-width=32`
  );
}

function usb(controller: number, slot: string, ids: readonly [ehci: string, ...uhci: string[]]): string[] {
  const [ehci, ...uhci] = ids;
  return [
    `ich9-usb-ehci${controller},id=${ehci},multifunction=on,bus=pcie.0,addr=0x${slot}.7`,
    ...uhci.map(
      (id, fn) =>
        `ich9-usb-uhci${fn + 1 + 3 * (controller - 1)},id=${id},multifunction=on,bus=pcie.0,addr=0x${slot}.${fn},` +
        `masterbus=${ehci}.0,firstport=${2 * fn}`,
    ),
  ];
}

const Q35: readonly string[] = [
  ...usb(1, '1d', ['ehci', 'uhci-1', 'uhci-2', 'uhci-3']),
  ...usb(2, '1a', ['ehci-2', 'uhci-4', 'uhci-5', 'uhci-6']),
  'ich9-intel-hda,id=audio0,bus=pcie.0,addr=0x1b.0',
  ...[0, 1, 2, 3].map(rootPort),
  'i82801b11-bridge,id=pcidmi,bus=pcie.0,addr=0x1e.0',
  ...[0, 1, 2, 3].map((n) => `pci-bridge,id=pci.${n},bus=pcidmi,addr=0x${n + 1}.0,chassis_nr=${n + 1}`),
];
