import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../log/journal.ts';
import { PLACES } from '../places.ts';
import { devicePath, driverOf } from './devices.ts';

/** Takes a device from its driver. Returns whether it had one. */
export function unbind(address: string): boolean {
  const driver = driverOf(address);
  if (driver === null) return false;
  rmSync(join(devicePath(address), 'driver'));
  rmSync(join(PLACES.pci, 'drivers', driver, address), { force: true });
  return true;
}

/** Gives a device to a driver, taking it from the one that has it. */
export function bind(address: string, driver: string): void {
  unbind(address);
  symlinkSync(`../../../bus/pci/drivers/${driver}`, join(devicePath(address), 'driver'));
  symlinkSync(`../../../../devices/pci0000:00/${address}`, join(PLACES.pci, 'drivers', driver, address));
  if (driver === 'vfio-pci')
    say(`vfio-pci ${address}: vgaarb: VGA decodes changed: olddecodes=io+mem,decodes=none:owns=none`);
}
