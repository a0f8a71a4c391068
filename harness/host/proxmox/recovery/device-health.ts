import { basename } from 'node:path';
import type { Machine } from '../../../wire/machine/machine.ts';
import { deviceDirectory } from '../node/device-directory.ts';
import type { DeviceHealth } from './situation.ts';

const LOOK = { seconds: 20, maxOutput: 10_000 };

/**
 * How a device is: asked of the device itself, for its ids in sysfs are what the kernel once read. One that has not come
 * back from a reset reads as nothing but ones (PCI Local Bus 3.0, 6.1; Linux drivers/pci/pci.c, pci_dev_wait).
 *
 * @param driver the driver it should be on; null: any, or none
 * @throws what `Machine.run` throws
 */
export async function deviceHealth(
  node: Machine,
  address: string,
  driver: string | null,
): Promise<DeviceHealth> {
  const directory = deviceDirectory(address);
  const read = await node.run(
    ['env', 'LC_ALL=C', 'od', '-An', '-tx1', '-N4', '--', `${directory}/config`],
    LOOK,
  );
  const bytes = read.stdout.trim();
  if (read.code !== 0 && /No such file/.test(read.stderr)) return 'absent';
  if (!/^[0-9a-f]{2} [0-9a-f]{2}/.test(bytes) || bytes.startsWith('ff ff')) return 'silent';
  return driver === null || (await driverOf(node, address)) === driver ? 'ready' : 'wrong-driver';
}

/** The driver a device is on; null: none. @throws what `Machine.run` throws */
export async function driverOf(node: Machine, address: string): Promise<string | null> {
  const link = await node.run(['readlink', '--', `${deviceDirectory(address)}/driver`], LOOK);
  const name = basename(link.stdout.trim());
  return link.code === 0 && name !== '' ? name.slice(0, 100) : null;
}
