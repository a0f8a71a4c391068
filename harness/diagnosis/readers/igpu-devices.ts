import type { PassedDevice, VmSetup } from '../vm-setup.ts';

/**
 * The passed devices that are, or may be, the iGPU: those at its place on the host (00:02.0, its functions, or the
 * whole slot), else those of which the host's address is not said: mediated devices, mappings, excerpts.
 */
export function igpuDevices({ devices }: Pick<VmSetup, 'devices'>): readonly PassedDevice[] {
  const placed = devices.filter(({ host }) => host !== null && /^0000:00:02(?:\.[0-7])?$/.test(host));
  if (placed.length > 0) return placed;
  return devices.filter(({ host }) => host === null);
}

/** Whether the device is a virtual function: those of an iGPU are functions 1 to 7 of 00:02. */
export function isVf({ host }: PassedDevice): boolean {
  return host !== null && /^0000:00:02\.[1-7]$/.test(host);
}

/** The bus whose devices are on the guest's bus 00; null where the machine is not known. */
export function rootBus({ machine }: Pick<VmSetup, 'machine'>): 'pci.0' | 'pcie.0' | null {
  return machine.type === null ? null : machine.type === 'q35' ? 'pcie.0' : 'pci.0';
}
