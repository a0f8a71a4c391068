import type { PassedDevice, VmSetup } from '../vm-setup.ts';

/** The bus whose devices are on the guest's bus 00; null where the machine is not known. */
export function rootBus({ machine }: Pick<VmSetup, 'machine'>): 'pci.0' | 'pcie.0' | null {
  return machine.type === null ? null : machine.type === 'q35' ? 'pcie.0' : 'pci.0';
}

/** Whether the guest sees the device at 00:02.0; null where its place is not said. */
export function isAtTwo(vm: VmSetup, { guest }: PassedDevice): boolean | null {
  if (guest === null) return null;
  const root = rootBus(vm);
  const onRoot = guest.bus === null || (root === null ? /^pcie?\.0$/.test(guest.bus) : guest.bus === root);
  return onRoot && guest.slot === 2 && guest.function === 0;
}
