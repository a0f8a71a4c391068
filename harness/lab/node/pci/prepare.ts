import { readdirSync } from 'node:fs';
import { allVms, loadConf } from '../conf/store.ts';
import { askedFault, hang } from '../fault.ts';
import { say as log } from '../log/journal.ts';
import { refusal } from '../refusals.ts';
import { passedFunctions } from '../vm/host-devices.ts';
import { pidOf } from '../vm/running.ts';
import { bind } from './bind.ts';
import { driverOf, groupOf } from './devices.ts';

/**
 * Makes the devices of a VM ready to be passed: their whole IOMMU groups are bound to vfio-pci and the devices reset.
 * They are never given back.
 *
 * @param say the task's own words
 * @throws Refusal one of them cannot be passed
 */
export async function preparePassed(
  vmid: number,
  entries: ReadonlyMap<string, string>,
  say: (text: string) => void,
): Promise<void> {
  const functions = passedFunctions(entries).flatMap(({ functions: each }) => each);
  if (functions.length === 0) return;
  if (readdirSync('/sys/kernel/iommu_groups').length === 0) throw refusal('noIommu');
  for (const address of functions) {
    const other = userOf(address, vmid);
    if (other !== null) throw refusal('deviceInUse', address, other);
  }
  await hang('start-hangs', vmid);
  for (const address of new Set(functions.flatMap(groupOf))) {
    if (driverOf(address) === 'vfio-pci') continue;
    if (askedFault('bind-busy', vmid) !== null) {
      say(`error writing '${address}' to '/sys/bus/pci/drivers/vfio-pci/bind': Device or resource busy\n`);
      throw refusal('cannotBind', address);
    }
    bind(address, 'vfio-pci');
  }
  for (const address of functions) reset(address, vmid, say);
}

function userOf(address: string, self: number): number | null {
  const users = allVms().filter((vmid) => vmid !== self && pidOf(vmid) !== null);
  const has = (vmid: number): boolean =>
    passedFunctions(loadConf(vmid).main.entries).some(({ functions }) => functions.includes(address));
  return users.find(has) ?? null;
}

function reset(address: string, vmid: number, say: (text: string) => void): void {
  if (askedFault('reset-fails', vmid) !== null) {
    say(
      `error writing '1' to '/sys/bus/pci/devices/${address}/reset': Inappropriate ioctl for device\n` +
        `failed to reset PCI device '${address}', but trying to continue as not all devices need a reset\n`,
    );
    return;
  }
  log(`vfio-pci ${address}: resetting`);
  log(`vfio-pci ${address}: reset done`);
}
