import { describe, expect, it } from 'vitest';
import { conclusions } from '../fixtures/conclusions.ts';
import { CONFIG_Q35 } from './config-q35.ts';

const COFFEE = { device: '8086:3e92', machine: 'q35', guestOs: 'windows', romGiven: true } as const;

describe('q35', () => {
  it('is the cause where a monitor stays dark that legacy mode would light', () => {
    expect(conclusions(CONFIG_Q35, { facts: { ...COFFEE, symptom: 'no-picture' } })).toEqual([
      'config.legacy-on-q35 cause',
    ]);
  });

  it('is less than the cause where the ROM is missing too', () => {
    expect(conclusions(CONFIG_Q35, { facts: { ...COFFEE, romGiven: false, symptom: 'no-picture' } })).toEqual(
      ['config.legacy-on-q35 contributing'],
    );
  });

  it.each([
    ['works', { outcome: 'works' }],
    ['a newer iGPU', { device: '8086:46d1', symptom: 'no-picture' }],
    ['an iGPU that is not known', { device: '8086:ffff', symptom: 'no-picture' }],
    ['a Linux guest', { guestOs: 'linux', symptom: 'no-picture' }],
    ['a virtual function', { mode: 'vf', symptom: 'no-picture' }],
    ['QEMU with the OpRegion by default', { qemuVersion: '10.1.0', symptom: 'no-picture' }],
    ['another vendor', { device: '10de:1234', symptom: 'no-picture' }],
    ['no symptom', {}],
    ['a mediated device', { mode: 'mdev', symptom: 'no-picture' }],
  ] as const)('is nothing with %s', (_, facts) => {
    expect(conclusions(CONFIG_Q35, { facts: { ...COFFEE, ...facts } })).toEqual([]);
  });

  it('is nothing where the OpRegion is passed by option', () => {
    const text =
      'machine: q35\nhostpci0: 00:02.0,romfile=a.rom\nargs: -set device.hostpci0.x-igd-opregion=on';
    expect(conclusions(CONFIG_Q35, { text, facts: { ...COFFEE, symptom: 'no-picture' } })).toEqual([]);
  });

  it.each([
    ['hostpci0: 01:00.0,pcie=1\nmachine: pc', ['config.pcie-needs-q35 cause']],
    ['hostpci0: 01:00.0,pcie=1\nmachine: q35', []],
    ['hostpci0: 01:00.0,pcie=1', []],
  ])('is what pcie=1 needs: %j', (text, expected) => {
    expect(conclusions(CONFIG_Q35, { text })).toEqual(expected);
  });
});

describe('legacy mode and q35', () => {
  it.each([
    [
      {
        facts: {
          device: '8086:3e92',
          machine: 'q35',
          guestOs: 'windows',
          romGiven: true,
          symptom: 'no-firmware-picture',
        },
      },
      ['config.legacy-on-q35 cause'],
    ],
    [
      {
        facts: {
          device: '8086:3e92',
          machine: 'q35',
          guestOs: 'windows',
          romGiven: true,
          symptom: 'code-43',
        },
      },
      ['config.legacy-on-q35 contributing'],
    ],
    [
      {
        facts: {
          device: '8086:3e92',
          machine: 'q35',
          guestOs: 'windows',
          romGiven: [],
          symptom: 'no-picture',
        },
      },
      ['config.legacy-on-q35 cause'],
    ],
    [
      {
        facts: { device: '8086:3e92', machine: 'q35', guestOs: 'windows', romGiven: [], symptom: 'code-43' },
      },
      ['config.legacy-on-q35 contributing'],
    ],
    [
      {
        facts: {
          device: '8086:3e92',
          machine: 'i440fx',
          guestOs: 'windows',
          romGiven: true,
          symptom: 'no-picture',
        },
      },
      [],
    ],
    [
      {
        facts: {
          device: '8086:7d55',
          machine: 'q35',
          guestOs: 'windows',
          romGiven: true,
          symptom: 'no-picture',
        },
      },
      [],
    ],
    [
      { facts: { device: [], machine: 'q35', guestOs: 'windows', romGiven: true, symptom: 'no-picture' } },
      [],
    ],
    [
      {
        facts: {
          device: '8086:3e92',
          machine: [],
          guestOs: 'windows',
          romGiven: true,
          symptom: 'no-picture',
        },
      },
      [],
    ],
    [
      {
        facts: {
          device: '8086:3e92',
          machine: 'q35',
          guestOs: 'windows',
          romGiven: true,
          symptom: 'no-audio',
        },
      },
      [],
    ],
    [
      {
        text: 'machine: q35\nhostpci0: 00:02.0,legacy-igd=1',
        facts: {
          device: '8086:3e92',
          machine: 'q35',
          guestOs: 'windows',
          romGiven: true,
          symptom: 'no-picture',
        },
      },
      [],
    ],
    [
      {
        text: 'machine: q35\nhostpci0: 00:02.0',
        facts: {
          device: '8086:3e92',
          machine: 'q35',
          guestOs: 'windows',
          romGiven: true,
          symptom: 'no-picture',
        },
      },
      ['config.legacy-on-q35 contributing'],
    ],
    [{ text: 'machine: pc\nhostpci0: 01:00.0,pcie=1,legacy-igd=1' }, []],
    [{ kind: 'qemu-command-line', text: 'qemu-system-x86_64 -machine pc -device vfio-pci,host=01:00.0' }, []],
    [{ text: 'machine: pc\nhostpci0: 01:00.0' }, []],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(conclusions(CONFIG_Q35, sketch)).toEqual(expected);
  });
});
