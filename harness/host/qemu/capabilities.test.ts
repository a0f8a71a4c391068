import { expect } from 'vitest';
import { needs } from '../../test/tier.ts';
import { askQemu } from './capabilities.ts';

const vmTest = needs('setpriv', 'qemu-system-x86_64');

vmTest('QEMU tells its version, machines with aliases, CPU models and device properties', async () => {
  const can = await askQemu('qemu-system-x86_64', ['bochs-display', 'no-such-device']);
  expect(can.version).toMatch(/^\d+\.\d+\.\d+/);
  expect([...can.machines]).toEqual(expect.arrayContaining(['q35', 'pc', 'none', 'pc-q35-5.2']));
  expect(can.machines.has('pc-q35-99.0')).toBe(false);
  expect([...can.cpus]).toEqual(expect.arrayContaining(['max', 'host', 'qemu64']));
  expect(can.devices.get('bochs-display')).toContain('romfile');
  expect(can.devices.get('no-such-device')).toBeNull();
});

vmTest('a program that is no QEMU is an error, not an empty answer', async () => {
  await expect(askQemu('true', [])).rejects.toThrow('QEMU closed the connection');
});
