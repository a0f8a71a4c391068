import { expect, test } from 'vitest';
import { whyNotCold } from './device-use.ts';

const BOOT = '<5>[    0.000000] Linux version 6.14.11-4-pve (build@proxmox)\n';

test('a device that no VM has had since the boot is cold', () => {
  const log = `${BOOT}<6>[    1.2] pci 0000:00:02.0: [8086:46d1] type 00\n<6>[  3.1] vfio-pci 0000:01:00.0: enabling device (0000 -> 0003)\n`;
  expect(whyNotCold(log, '0000:00:02.0')).toBeNull();
});

test('what vfio-pci prints when it is opened says that it is not', () => {
  const log = `${BOOT}<6>[  93.1] vfio-pci 0000:00:02.0: enabling device (0000 -> 0003)\n`;
  expect(whyNotCold(log, '0000:00:02.0')).toContain('enabling device');
});

test('a ring that has lost the boot says nothing, so it counts as not cold', () => {
  expect(whyNotCold('<6>[  93.1] usb 1-1: new device\n', '0000:00:02.0')).toContain('no longer reaches back');
});
