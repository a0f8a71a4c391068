import { describe, expect, it } from 'vitest';
import { caseOf, deviceOf } from '../fixtures/case.ts';
import { diagnosed } from '../fixtures/diagnosed.ts';
import { claimOf, found } from '../fixtures/found.ts';
import { whole } from '../fixtures/whole.ts';
import { worded } from '../fixtures/worded.ts';
import { deviceClass } from './device-class.ts';

const ID = 'host.class-not-vga';
const FAILS = { deviceClass: '0380', symptom: 'no-picture' } as const;

describe('an iGPU of class 0380', () => {
  it.each([
    ['fails with a QEMU that is not known', FAILS, 'contributing possible'],
    ['fails with a QEMU before 10.1', { ...FAILS, qemuVersion: '10.0.2' }, 'contributing likely'],
    ['fails with a QEMU that minds no more', { ...FAILS, qemuVersion: '10.1.0' }, 'contributing possible'],
    ['as the kernel tells the class', { ...FAILS, deviceClass: '038000' }, 'contributing possible'],
    ['works', { deviceClass: '0380', outcome: 'works' }, 'info certain'],
    ['of which nothing else is said', { deviceClass: '0380' }, 'warning likely'],
  ] as const)('%s', (_, facts, expected) => {
    expect(found(deviceClass, { facts })).toEqual([`${ID} ${expected}`]);
  });

  it('is the cause where legacy mode is asked for', () => {
    const sketch = { facts: FAILS, vms: [{ devices: [deviceOf({ legacyIgd: true })] }] };
    expect(found(deviceClass, sketch)).toEqual([`${ID} cause likely`]);
    expect(claimOf(deviceClass, ID, sketch).evidence.map(({ text }) => text)).toEqual(['deviceClass: 0380']);
    const properties = new Map([['x-igd-legacy-mode', 'on']]);
    const other = deviceOf({ name: 'hostpci1', host: '0000:00:1f.3' });
    const byQemu = [{ devices: [other, deviceOf({ properties })] }];
    expect(found(deviceClass, { facts: FAILS, vms: byQemu })).toEqual([`${ID} cause likely`]);
    const off = [{ devices: [deviceOf({ properties: new Map([['x-igd-legacy-mode', 'off']]) })] }];
    expect(found(deviceClass, { facts: FAILS, vms: off })).toEqual([`${ID} contributing possible`]);
  });

  it.each([
    ['Xen 4.19, class 0380', 'likely'],
    ['Qubes', 'likely'],
    ['XCP-ng', 'likely'],
    ['Xenon lamp', 'possible'],
    ['a fluxen capacitor', 'possible'],
  ])('is minded by Xen, as far as its QEMU is known: %s', (words, confidence) => {
    const of = worded({ facts: FAILS }, ['kernel', '6.1', words]);
    expect(deviceClass.conclude(of).map((claim) => claim.confidence)).toEqual([confidence]);
    const newer = worded({ facts: { ...FAILS, qemuVersion: '10.1.0' } }, ['kernel', '6.1', words]);
    expect(deviceClass.conclude(newer).map((claim) => claim.confidence)).toEqual(['possible']);
  });

  it('is told with the version of QEMU, and explains what the guest makes of it', () => {
    const facts = { ...FAILS, deviceClass: '0x0380', qemuVersion: '10.0.2' } as const;
    expect(whole(deviceClass, caseOf({ facts }))).toEqual([
      `${ID} contributing likely: The iGPU is a “Display controller” (class 0380), not a VGA one (0300)`,
      '< deviceClass: 0x0380',
      '< qemuVersion: 10.0.2',
      'steps bios host',
      'explains host.vga-access guest.code43',
    ]);
  });
});

it.each([
  ['another class', { ...FAILS, deviceClass: '020380' }],
  ['class 0300', { ...FAILS, deviceClass: '0300' }],
  ['both classes, of two listings', { ...FAILS, deviceClass: ['0300', '0380'] }],
  ['a class that is not known', { symptom: 'no-picture' }],
  ['a virtual function', { ...FAILS, mode: 'vf' }],
  ['a mediated device', { ...FAILS, mode: 'mdev' }],
  ['another vendor’s device', { ...FAILS, device: '1002:164e' }],
] as const)('is nothing with %s', (_, facts) => {
  expect(found(deviceClass, { facts })).toEqual([]);
});

describe('the class is read', () => {
  it.each([
    ['from lspci', '00:02.0 Display controller [0380]: Intel Corporation UHD Graphics 630 [8086:3e92]\n', 1],
    ['from lspci without numbers', '00:02.0 Display controller: Intel Corporation UHD Graphics 630\n', 1],
    ['from what somebody tells', 'lspci shows Display controller [0380] for the iGPU\nno picture\n', 1],
    ['from what somebody tells of its number', 'the iGPU has class 0380\nno picture\n', 1],
    ['not of a VGA controller', '00:02.0 VGA compatible controller [0300]: Intel UHD [8086:3e92]\n', 0],
    ['not of another card', 'the second card is an AMD Display controller\nno picture\n', 0],
    ['not of another card in lspci', '03:00.0 Display controller [0380]: AMD Navi [1002:7480]\n', 0],
    ['not inside of a guest', 'guest: lspci shows a Display controller\nno picture\n', 0],
  ])('%s', (_, text, times) => {
    const ids = diagnosed({ 'given.txt': text }).findings.map(({ id }) => id);
    expect(ids.filter((id) => id === ID)).toHaveLength(times);
  });
});

it('is the cause where QEMU could not enable its VGA part', () => {
  const lines = [
    'kvm: -device vfio-pci,host=0000:00:02.0: IGD device 0000:00:02.0 failed to enable VGA access, legacy mode disabled',
  ];
  expect(found(deviceClass, { facts: FAILS, lines })).toEqual([`${ID} cause likely`]);
});
