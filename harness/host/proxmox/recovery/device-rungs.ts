import type { Limit } from '../../../wire/deadline.ts';
import type { Machine } from '../../../wire/machine/machine.ts';
import { deviceDirectory } from '../node/device-directory.ts';
import { driverOf } from './device-health.ts';
import { RungFailed } from './rung-failed.ts';

/**
 * Resets a device by itself, by the way that its host prefers (Linux Documentation/ABI/testing/sysfs-bus-pci, `reset`).
 *
 * @throws RungFailed it has no way to be reset, or the reset failed; what `Machine.run` throws
 */
export async function resetDevice(node: Machine, address: string, limit: Limit): Promise<void> {
  await write(node, `${deviceDirectory(address)}/reset`, '1', limit);
}

/**
 * Takes a device from its driver and gives it to one anew, which makes the kernel set it up from the start. No rule is
 * left behind (the same, `unbind`, `driver_override`, `drivers_probe`).
 *
 * @param driver null: the one it is on, else vfio-pci
 * @throws RungFailed; what `Machine.run` throws
 */
export async function rebindDriver(
  node: Machine,
  address: string,
  driver: string | null,
  limit: Limit,
): Promise<void> {
  const directory = deviceDirectory(address);
  const rule = `${directory}/driver_override`;
  const before = await node.run(['cat', '--', rule], limit);
  const was = before.stdout.trim();
  const bound = await driverOf(node, address);
  if (bound !== null) await write(node, `${directory}/driver/unbind`, address, limit);
  try {
    await write(node, rule, driver ?? bound ?? 'vfio-pci', limit);
    await write(node, '/sys/bus/pci/drivers_probe', address, limit);
  } finally {
    // Also where this rung was given up meanwhile.
    await write(node, rule, was === '(null)' ? '\n' : was, { seconds: 20 });
  }
}

async function write(node: Machine, path: string, text: string, limit: Limit): Promise<void> {
  const { code, stderr } = await node.run(['tee', '--', path], { ...limit, input: text });
  if (code !== 0)
    throw new RungFailed(`${path}: ${stderr.trim().slice(0, 300) || `tee ended with exit code ${code}`}`);
}
