import { describe, expect, it } from 'vitest';
import { deviceOf } from '../fixtures/case.ts';
import { diagnosed } from '../fixtures/diagnosed.ts';
import { claimOf, found } from '../fixtures/found.ts';
import { otherVendor } from './other-vendor.ts';

const OTHER = ['device.other-vendor info certain'];

describe('the device in question is no Intel iGPU', () => {
  it.each([
    ['an NVIDIA card by its id', { device: '10de:1b80' }],
    ['an AMD card by its id', { device: '1002:67df' }],
    ['an Arc A380 by its id', { device: '8086:56a5' }],
    ['a Battlemage card by its id', { device: '8086:e20b' }],
    ['DG1 by its id', { device: '8086:4905' }],
    ['an NVIDIA card by name', { graphics: 'nvidia', cpu: 'i5-8500' }],
    ['an AMD card by name', { graphics: 'amd' }],
    ['the iGPU of a Ryzen', { graphics: ['amd', 'igpu'], cpu: 'AMD Ryzen 7 5700G' }],
    ['one of Intel’s cards by name', { graphics: 'intel-card' }],
  ] as const)('%s', (_, facts) => {
    expect(found(otherVendor, { facts })).toEqual(OTHER);
  });

  it('by the config, though the iGPU is spoken of: another device is given as the display', () => {
    const vms = [{ devices: [deviceOf({ host: '0000:01:00', xVga: true })] }];
    expect(found(otherVendor, { facts: { graphics: ['nvidia', 'intel'] }, vms })).toEqual(OTHER);
  });

  it('and its name is shown', () => {
    expect(
      claimOf(otherVendor, 'device.other-vendor', { facts: { graphics: 'nvidia' } }).evidence.map(
        ({ text }) => text,
      ),
    ).toEqual(['graphics: nvidia']);
  });
});

describe('the device in question may be an Intel iGPU', () => {
  it.each([
    ['its id says so', { device: '8086:46d1', graphics: ['nvidia', 'intel'] }],
    ['its id says so, and the newest are not cards', { device: '8086:7d55' }],
    ['both are named', { graphics: ['nvidia', 'intel'] }],
    ['an iGPU is named beside an NVIDIA card', { graphics: ['nvidia', 'igpu'] }],
    [
      'an iGPU is named beside an AMD card, on an Intel processor',
      { graphics: ['amd', 'igpu'], cpu: 'i5-12400' },
    ],
    ['nothing is named', {}],
    ['only the iGPU is named', { graphics: 'intel' }],
  ] as const)('where %s', (_, facts) => {
    expect(found(otherVendor, { facts })).toEqual([]);
  });

  it('where the config passes 00:02.0', () => {
    const vms = [{ devices: [deviceOf()] }];
    expect(found(otherVendor, { facts: { graphics: 'nvidia' }, vms })).toEqual([]);
  });
});

it('a card that stands beside the iGPU in the host is not the one in question', () => {
  const given = 'CPU: i5-12600\nother GPU: RTX 3060\nWindows 11, Code 43\n';
  expect(diagnosed({ 'post.txt': given }).findings.map(({ id }) => id)).not.toContain('device.other-vendor');
});

it('the card that is passed is the one in question, though the host lists its iGPU as well', () => {
  const lspci =
    '00:02.0 VGA compatible controller [0300]: Intel Corporation UHD Graphics 630 [8086:3e92]\n01:00.0 VGA compatible controller [0300]: NVIDIA Corporation GA106 [GeForce RTX 3060] [10de:2503]\n';
  const config = 'hostpci0: 0000:01:00,pcie=1,x-vga=1\nmachine: q35\nbios: ovmf\nostype: win11\n';
  const { findings } = diagnosed({ 'lspci.txt': lspci, '100.conf': config, 'said.txt': 'error code 43\n' });
  expect(findings[0]?.id).toBe('device.other-vendor');
});
