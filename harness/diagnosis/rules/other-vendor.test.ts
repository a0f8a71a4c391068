import { describe, expect, it } from 'vitest';
import { deviceOf, type CaseSketch } from '../fixtures/case.ts';
import { causes, diagnosed } from '../fixtures/diagnosed.ts';
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

describe('whose graphics is in question', () => {
  it.each([
    [
      { facts: { graphics: 'nvidia', moduleOptions: 'options vfio-pci ids=10de:1b80,10de:10f0' } },
      ['device.other-vendor info certain'],
    ],
    [
      { facts: { graphics: 'intel', moduleOptions: 'options vfio-pci ids=10de:1b80,10de:10f0' } },
      ['device.other-vendor info certain'],
    ],
    [
      { facts: { graphics: 'intel', moduleOptions: 'options vfio-pci IDS=1002:67df' } },
      ['device.other-vendor info certain'],
    ],
    [{ facts: { graphics: 'intel', moduleOptions: 'options vfio-pci ids=10de:1b80,8086:46d1' } }, []],
    [{ facts: { graphics: 'intel', moduleOptions: 'options vfio-pci ids=8086:46d1' } }, []],
    [{ facts: { graphics: 'intel', moduleOptions: 'options vfio-pci xids=10de:1b80' } }, []],
    [{ facts: { graphics: 'intel', moduleOptions: 'blacklist i915' } }, []],
    [{ facts: { graphics: 'intel', moduleOptions: 'options vfio-pci ids=1af4:10de' } }, []],
    [{ facts: { graphics: 'nvidia', mode: 'vf' } }, ['device.other-vendor info certain']],
    [{ facts: { graphics: 'nvidia', mode: 'vf', device: '8086:46d1' } }, []],
    [{ facts: { graphics: 'nvidia', address: '0000:00:02.0', device: '8086:46d1' } }, []],
    [
      { facts: { graphics: 'nvidia', address: '0000:01:00.0', device: '8086:46d1' } },
      ['device.other-vendor info certain'],
    ],
    [{ facts: { graphics: 'nvidia', device: '8086:46d1' } }, ['device.other-vendor info certain']],
    [{ by: 'machine', facts: { graphics: 'nvidia', device: '8086:46d1' } }, []],
    [{ by: 'machine', facts: { graphics: 'nvidia' } }, ['device.other-vendor info certain']],
    [{ by: 'machine', facts: { graphics: ['nvidia', 'intel'] } }, []],
    [{ facts: { graphics: ['amd', 'igpu'] } }, ['device.other-vendor info certain']],
    [{ facts: { graphics: ['amd', 'igpu'], cpu: 'Ryzen 5' } }, ['device.other-vendor info certain']],
    [{ facts: { graphics: ['nvidia', 'intel'], cpu: 'AMD FX' } }, ['device.other-vendor info certain']],
    [{ facts: { graphics: ['nvidia', 'intel'], cpu: 'amdahl' } }, []],
    [{ facts: { graphics: ['nvidia', 'intel'], cpu: 'xamd' } }, []],
    [{ facts: { graphics: ['nvidia', 'intel'], cpu: 'RYZEN' } }, ['device.other-vendor info certain']],
    [{ facts: { graphics: 'igpu', cpu: 'AMD Ryzen 7 5700G' } }, []],
    [{ facts: { graphics: ['amd', 'igpu'], cpu: ['unknown', 'i5-12400'] } }, []],
    [
      {
        facts: { graphics: ['nvidia', 'intel'] },
        vms: [{ devices: [deviceOf({ host: '0000:01:00', romfile: 'a.rom' })] }],
      },
      ['device.other-vendor info certain'],
    ],
    [
      { facts: { graphics: ['nvidia', 'intel'] }, vms: [{ devices: [deviceOf({ host: '0000:01:00' })] }] },
      [],
    ],
    [
      {
        facts: { graphics: ['nvidia', 'intel'] },
        vms: [{ devices: [deviceOf({ host: null, mapping: 'gpu', xVga: true })] }],
      },
      [],
    ],
    [
      { facts: { graphics: 'intel' }, vms: [{ devices: [deviceOf({ host: '0000:01:00', xVga: true })] }] },
      [],
    ],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(found(otherVendor, sketch)).toEqual(expected);
  });
});

describe('by the card that vfio-pci speaks of', () => {
  const card = 'vfio-pci 0000:05:00.0: enabling device (0000 -> 0003)';
  const igpu = 'vfio-pci 0000:00:02.0: enabling device (0000 -> 0003)';
  const facts = { graphics: ['nvidia', 'intel'], cpu: 'i5-9400' } as const;

  it('the device is that card, though the host’s iGPU is spoken of', () => {
    expect(found(otherVendor, { facts, lines: [card] })).toEqual(OTHER);
  });

  it.each<CaseSketch>([
    { facts, lines: [card, igpu] },
    { facts, lines: [igpu] },
    { facts: { ...facts, mode: 'whole' }, lines: [card] },
    { facts: { graphics: 'intel' }, lines: [card] },
    { facts, lines: ['vfio-pci 0000:00:1f.3: enabling device (0000 -> 0003)'] },
  ])('%j: it may be the iGPU', (sketch) => {
    expect(found(otherVendor, sketch)).toEqual([]);
  });
});

describe('a card that is only listed', () => {
  const refused = 'kvm: -device vfio-pci: vfio 0000:00:1a.0: group 8 is not viable';
  const card = '04:00.0 VGA compatible controller [0300]: NVIDIA Corporation TU116';

  it('is not what QEMU refuses, where that is a controller', () => {
    expect(
      causes(diagnosed({ 'lspci.txt': card, 'qemu.log': refused, 'facts.txt': 'the VM does not start' })),
    ).toEqual(['host.group-not-viable']);
  });

  it('is what QEMU refuses by its address', () => {
    const own = refused.replace('00:1a.0', '04:00.1');
    const given = { 'lspci.txt': card, 'qemu.log': own, 'facts.txt': 'the VM does not start' };
    expect(diagnosed(given).findings[0]?.id).toBe('device.other-vendor');
  });
});
