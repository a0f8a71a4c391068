import { describe, expect, it } from 'vitest';
import { deviceOf } from '../fixtures/case.ts';
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
