import type { VmEdit } from '../finding.ts';
import { igpuDevices } from '../subject/igpu-devices.ts';
import type { PassedDevice, VmSetup } from '../vm-setup.ts';

/** The passed device that an edit is about; null where the VM has none. */
export function meantDevice(setup: VmSetup, { device }: Pick<VmEdit, 'device'>): PassedDevice | null {
  const named = setup.devices.find(({ name }) => name === device);
  return named ?? igpuDevices(setup)[0] ?? setup.devices[0] ?? null;
}
