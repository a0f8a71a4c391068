import type { PassedDevice, VmSetup } from '../vm-setup.ts';
import { isIgpuPlace, isVfPlace } from './address.ts';

/**
 * The passed devices of a VM that are, or may be, the iGPU: those at its place on the host (00:02.0, its functions, or
 * the whole slot), else those of which the host's address is not said: mediated devices, mappings, excerpts.
 */
export function igpuDevices({ devices }: Pick<VmSetup, 'devices'>): readonly PassedDevice[] {
  const placed = devices.filter(({ host }) => host !== null && isIgpuPlace(host));
  return placed.length > 0 ? placed : devices.filter(({ host }) => host === null);
}

/** Whether the device is a virtual function. */
export function isVf({ host }: PassedDevice): boolean {
  return host !== null && isVfPlace(host);
}

/** The whole iGPU, not a part of it; the first where several are passed. */
export function wholeIgpu(vm: Pick<VmSetup, 'devices'>): PassedDevice | null {
  return igpuDevices(vm).find((device) => modeOfDevice(device) !== 'mdev' && !isVf(device)) ?? null;
}

/** How the device is given; null where neither an address nor a type of mediated device says it. */
export function modeOfDevice(device: PassedDevice): 'whole' | 'vf' | 'mdev' | null {
  if (device.mdev !== null) return 'mdev';
  if (isVf(device)) return 'vf';
  return device.host === null ? null : 'whole';
}
