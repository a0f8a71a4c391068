import { diagnosed } from '../fixtures/diagnosed.ts';
import { describe, expect, it } from 'vitest';
import { deviceOf } from '../fixtures/case.ts';
import { claimOf, found } from '../fixtures/found.ts';
import { romMissing } from './rom-missing.ts';

const ID = 'rom.missing';
const LINE = 'vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xcffa';
const READ = 'kvm: vfio-pci: Cannot read device rom at 0000:00:02.0';
const CODE_43 = { symptom: 'code-43' } as const;
const withRom = (romfile: string | null) => [{ devices: [deviceOf({ romfile })] }];

describe('a Windows guest with Code 43', () => {
  it('and a config without romfile lacks the ROM', () => {
    const sketch = { facts: CODE_43, vms: withRom(null) };
    expect(found(romMissing, sketch)).toEqual([`${ID} cause certain`]);
    expect(claimOf(romMissing, ID, sketch).evidence.map(({ input }) => input)).toContain('100.conf');
  });

  it('and words that there is no romfile lacks the ROM', () => {
    expect(found(romMissing, { facts: { ...CODE_43, romGiven: false } })).toEqual([`${ID} cause certain`]);
  });

  it('and QEMU’s word that it cannot read one lacks the ROM', () => {
    expect(found(romMissing, { facts: CODE_43, lines: [READ] })).toEqual([`${ID} cause certain`]);
  });

  it('and only the kernel’s line probably lacks the ROM, and is asked for its config', () => {
    const sketch = { facts: CODE_43, lines: [LINE] };
    expect(found(romMissing, sketch)).toEqual([`${ID} cause likely`]);
    expect(claimOf(romMissing, ID, sketch).collect.join()).toContain('romfile');
  });

  it.each([
    ['by problem code', { problemCode: 43 }],
    ['that is dark', { guestOs: 'windows', symptom: 'no-picture' }],
  ] as const)('%s is one, too', (_, facts) => {
    expect(found(romMissing, { facts, vms: withRom(null) })).toEqual([`${ID} cause certain`]);
  });

  it('is told a ROM for its generation', () => {
    const { fix } = claimOf(romMissing, ID, {
      facts: { ...CODE_43, device: '8086:46d1' },
      vms: withRom(null),
    });
    expect(fix?.vm.map(({ edit }) => edit)).toEqual(['romfile']);
    expect(fix?.steps.length).toBeGreaterThan(0);
  });
});

describe('is not claimed', () => {
  it.each([
    [
      'with a romfile in the config, whatever the kernel prints',
      { facts: CODE_43, vms: withRom('igd.rom'), lines: [LINE] },
    ],
    ['with a ROM by word', { facts: { ...CODE_43, romGiven: true }, lines: [LINE] }],
    ['with the name of a ROM', { facts: { ...CODE_43, romName: 'n100.rom' }, lines: [LINE] }],
    ['where it works', { facts: { outcome: 'works' }, vms: withRom(null), lines: [LINE] }],
    ['by the kernel’s line alone', { lines: [LINE] }],
    ['by Code 43 alone', { facts: CODE_43 }],
    ['for a virtual function', { facts: { ...CODE_43, mode: 'vf' }, lines: [LINE] }],
    [
      'for a virtual function by the config',
      { facts: CODE_43, vms: [{ devices: [deviceOf({ host: '0000:00:02.1' })] }] },
    ],
    ['for a mediated device', { facts: CODE_43, vms: [{ devices: [deviceOf({ mdev: 'i915-GVTg_V5_4' })] }] }],
    ['for a Linux guest', { facts: { ...CODE_43, guestOs: 'linux' }, vms: withRom(null) }],
    ['for another complaint', { facts: { symptom: 'no-audio' }, vms: withRom(null) }],
  ] as const)('%s', (_, sketch) => {
    expect(found(romMissing, sketch)).toEqual([]);
  });

  it('by i915’s or another card’s line', () => {
    const lines = [
      'i915 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff',
      'nouveau 0000:01:00.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff',
    ];
    expect(found(romMissing, { facts: CODE_43, lines })).toEqual([]);
  });
});

describe('what counts as a failure for want of a ROM', () => {
  it.each([
    [
      { facts: { symptom: 'code-43', outcome: ['works', 'fails'], romGiven: false } },
      ['rom.missing cause certain'],
    ],
    [{ facts: { symptom: 'code-43', outcome: 'works', romGiven: false } }, []],
    [{ facts: { symptom: ['code-43', 'no-audio'], outcome: 'works', romGiven: false } }, []],
    [{ facts: { guestOs: 'windows', symptom: 'no-audio', outcome: 'fails', romGiven: false } }, []],
    [{ facts: { symptom: 'no-picture', romGiven: false } }, []],
    [
      { facts: { guestOs: 'windows', symptom: 'no-picture', romGiven: false } },
      ['rom.missing cause certain'],
    ],
    [
      {
        facts: { symptom: 'code-43' },
        lines: [
          'kvm: vfio-pci: Cannot read device rom at 0000:00:02.0',
          'vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xcffa',
        ],
      },
      ['rom.missing cause certain'],
    ],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(found(romMissing, sketch)).toEqual(expected);
  });
});

describe('no romfile, said within a list', () => {
  it.each([
    'N100, PVE, whole iGPU\nown OVMF, no romfile: black, then Code 43 in Windows',
    'UHD 770, whole iGPU to Windows\ni440fx, without romfile: Code 43',
    '设备：cpu n100\nwhole iGPU, PVE\n自带 ovmf, no romfile: 不亮，进系统显示 43',
  ])('%s', (text) => {
    expect(diagnosed({ 'said.txt': text }).findings[0]?.id).toBe('rom.missing');
  });
});
