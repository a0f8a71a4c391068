import { readFileSync, truncateSync, watch } from 'node:fs';
import { join } from 'node:path';
import { say } from '../log/journal.ts';
import { bind, unbind } from '../pci/bind.ts';
import { devicePath, driverOf } from '../pci/devices.ts';
import { PLACES } from '../places.ts';
import { readdirSync, existsSync } from 'node:fs';

/**
 * Does what writing to some files below /sys does: `bind`, `unbind`, `drivers_probe` and `reset`. Other than the kernel
 * it does so a moment later, and never lets the write itself fail.
 */
export class Kernel {
  listen(): void {
    const drivers = join(PLACES.pci, 'drivers');
    for (const driver of readdirSync(drivers)) {
      this.#on(join(drivers, driver), 'unbind', (address) => {
        if (driverOf(address) === driver) unbind(address);
      });
      this.#on(join(drivers, driver), 'bind', (address) => {
        if (driverOf(address) === null && existsSync(devicePath(address))) bind(address, driver);
      });
    }
    this.#on(PLACES.pci, 'drivers_probe', probe);
    for (const address of readdirSync(join(PLACES.pci, 'devices')))
      this.#on(join('/sys/devices/pci0000:00', address), 'reset', (text) => {
        if (text !== '1') return;
        say(`pci ${address}: resetting`);
        say(`pci ${address}: reset done`);
      });
  }

  /** What was written is taken out, as sysfs keeps nothing. */
  #on(folder: string, name: string, act: (text: string) => void): void {
    const path = join(folder, name);
    watch(path, () => {
      const text = readFileSync(path, 'utf8').trim();
      if (text === '') return;
      truncateSync(path);
      act(text);
    });
  }
}

/** Gives a device without a driver to the one that `driver_override` names. */
function probe(address: string): void {
  if (!existsSync(devicePath(address)) || driverOf(address) !== null) return;
  const driver = readFileSync(join(devicePath(address), 'driver_override'), 'utf8').trim();
  if (existsSync(join(PLACES.pci, 'drivers', driver)) && driver !== '') bind(address, driver);
}
