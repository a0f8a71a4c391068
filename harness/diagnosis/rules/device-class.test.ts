import { describe, expect, it } from 'vitest';
import { deviceOf } from '../fixtures/case.ts';
import { diagnosed } from '../fixtures/diagnosed.ts';
import { claimOf, found } from '../fixtures/found.ts';
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
  });
});

it.each([
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
