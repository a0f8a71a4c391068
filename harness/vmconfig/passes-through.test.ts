import fc from 'fast-check';
import { expect, test } from 'vitest';
import { passesThrough } from './passes-through.ts';

const IGPU = '0000:00:02.0';

test.each([
  // As Proxmox VE 9.2 writes it (qm showcmd).
  [
    [
      '-device',
      'vfio-pci,host=0000:00:02.0,id=hostpci0,bus=ich9-pcie-port-1,addr=0x0,romfile=/usr/share/kvm/igd.rom',
    ],
  ],
  [['--device', 'vfio-pci,id=hostpci0,host=00:02.0']],
  [['-device', 'driver=vfio-pci,host=0000:00:02.0']],
  [['-device', 'vfio-pci-nohotplug,host=0000:00:02.0,ramfb=on']],
  [['-device', 'vfio-pci,sysfsdev=/sys/bus/pci/devices/0000:00:02.0']],
  [['-device', '{"driver":"vfio-pci","host":"0000:00:02.0","id":"hostpci0"}']],
  [['-device', 'vfio-pci,host=0000:00:02.0,id=hostpci0', '-set', 'device.hostpci0.addr=0x02.0']],
])('%j passes the iGPU', (argv) => {
  expect(passesThrough(['-nodefaults', ...argv, '-m', '512'], IGPU)).toBe(true);
});

test.each([
  ['nothing at all', []],
  ['an emulated device', ['-device', 'bochs-display,id=hostpci0,bus=pcie.0,addr=0x02.0']],
  ['another function', ['-device', 'vfio-pci,host=0000:00:02.1']],
  ['another domain', ['-device', 'vfio-pci,host=10000:00:02.0']],
  [
    'a mediated device',
    ['-device', 'vfio-pci,sysfsdev=/sys/bus/mdev/devices/00000000-0000-4000-8000-000000000001'],
  ],
  ['a place elsewhere in sysfs', ['-device', 'vfio-pci,sysfsdev=/tmp/sys/bus/pci/devices/0000:00:02.0']],
  ['a name that holds the words', ['-name', 'vfio-pci,host=0000:00:02.0']],
  ['an id that holds the words', ['-device', 'bochs-display,id=vfio-pci,,host=0000:00:02.0']],
  ['no option before it', ['vfio-pci,host=0000:00:02.0']],
  [
    'a place that is set again',
    ['-device', 'vfio-pci,host=0000:00:02.0,id=a', '-set', 'device.a.host=0000:01:00.0'],
  ],
  ['JSON that is none', ['-device', '{"driver":"vfio-pci","host":"0000:00:02.0"']],
  ['JSON of another kind', ['-device', '{"driver":["vfio-pci"],"host":"0000:00:02.0"}']],
])('%s passes no iGPU', (_, argv) => {
  expect(passesThrough(argv, IGPU)).toBe(false);
});

test('no words make it throw', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constant('-device'), fc.string(), fc.json())), (argv) => {
      passesThrough(argv, IGPU);
    }),
  );
});
