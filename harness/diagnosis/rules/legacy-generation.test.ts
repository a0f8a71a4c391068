import { describe, expect, it } from 'vitest';
import { conclusions } from '../fixtures/conclusions.ts';
import { LEGACY_GENERATION } from './legacy-generation.ts';

describe('legacy mode on an iGPU that has none', () => {
  it.each([
    [
      {
        text: 'machine: pc\nvga: none\nhostpci0: 00:02.0,legacy-igd=1',
        facts: { device: '8086:46d1', qemuVersion: '10.1.2' },
      },
      ['qemu.legacy-not-for-generation warning'],
    ],
    [
      {
        text: 'machine: pc\nvga: none\nhostpci0: 00:02.0,legacy-igd=1',
        facts: { device: '8086:46d1', qemuVersion: '10.0.2' },
      },
      [],
    ],
    [{ text: 'machine: pc\nvga: none\nhostpci0: 00:02.0,legacy-igd=1', facts: { device: '8086:46d1' } }, []],
    [
      {
        text: 'machine: pc\nvga: none\nhostpci0: 00:02.0,legacy-igd=1',
        facts: { device: '8086:3e92', qemuVersion: '10.1.2' },
      },
      [],
    ],
    [
      {
        text: 'machine: pc\nvga: none\nhostpci0: 00:02.0,legacy-igd=1',
        facts: { device: '8086:7d55', qemuVersion: '10.1.2' },
      },
      ['qemu.legacy-not-for-generation warning'],
    ],
    [
      { text: 'machine: pc\nvga: none\nhostpci0: 00:02.0,legacy-igd=1', facts: { qemuVersion: '10.1.2' } },
      [],
    ],
    [
      {
        text: 'machine: pc\nvga: none\nhostpci0: 00:02.0,legacy-igd=1',
        facts: { device: '10de:1b80', qemuVersion: '10.1.2' },
      },
      [],
    ],
    [
      {
        text: 'machine: pc\nvga: none\nhostpci0: 00:02.0,legacy-igd=1',
        facts: { device: '8086:46d1', qemuVersion: '10.1.2', symptom: 'code-43' },
      },
      ['qemu.legacy-not-for-generation cause'],
    ],
    [
      {
        text: 'machine: pc\nvga: none\nhostpci0: 00:02.0,legacy-igd=1',
        facts: { device: '8086:46d1', qemuVersion: '10.1.2', symptom: 'after-update' },
      },
      ['qemu.legacy-not-for-generation cause'],
    ],
    [
      {
        text: 'machine: pc\nvga: none\nhostpci0: 00:02.0,legacy-igd=1',
        facts: { device: '8086:46d1', qemuVersion: '10.1.2', outcome: 'works' },
      },
      ['qemu.legacy-not-for-generation info'],
    ],
    [
      {
        text: 'machine: q35\nhostpci0: 00:02.0,legacy-igd=1',
        facts: { device: '8086:46d1', qemuVersion: '10.1.2' },
      },
      [],
    ],
    [{ text: 'machine: pc\nhostpci0: 00:02.1', facts: { device: '8086:46d1', qemuVersion: '10.1.2' } }, []],
    [
      {
        text: 'machine: pc\nvga: none\nhostpci0: 00:02.0,romfile=a.rom\nargs: -set device.hostpci0.addr=0x2',
        facts: { device: '8086:46d1', qemuVersion: '10.1.2' },
      },
      ['qemu.legacy-not-for-generation warning'],
    ],
    [
      {
        text: 'machine: pc\nvga: none\nhostpci0: 00:02.0\nargs: -set device.hostpci0.addr=0x2',
        facts: { device: '8086:46d1', qemuVersion: '10.1.2' },
      },
      [],
    ],
    [
      {
        text: 'machine: pc\nvga: none\nhostpci0: 00:02.0,romfile=a.rom\nargs: -set device.hostpci0.addr=0x5',
        facts: { device: '8086:46d1', qemuVersion: '10.1.2' },
      },
      [],
    ],
    [
      {
        text: 'machine: pc\nhostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-legacy-mode=on',
        facts: { device: '8086:46d1', qemuVersion: '10.1.2' },
      },
      ['qemu.legacy-not-for-generation cause'],
    ],
    [
      {
        text: 'machine: pc\nhostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-legacy-mode=on',
        facts: { device: '8086:46d1', qemuVersion: '10.1.2', symptom: 'vm-does-not-start' },
      },
      ['qemu.legacy-not-for-generation cause'],
    ],
    [
      {
        text: 'machine: pc\nvga: none\nhostpci0: 00:02.0,romfile=a.rom\nargs: -set device.hostpci0.addr=0x2 -set device.hostpci0.x-igd-legacy-mode=off',
        facts: { device: '8086:46d1', qemuVersion: '10.1.2' },
      },
      [],
    ],
    [
      {
        text: 'machine: pc\nvga: none\nhostpci0: 00:02.0,romfile=a.rom\nargs: -set device.hostpci0.addr=0x2 -set device.hostpci0.x-igd-lpc=on',
        facts: { device: '8086:46d1', qemuVersion: '10.1.2' },
      },
      [],
    ],
    [
      {
        text: 'machine: pc\nvga: none\nhostpci0: 00:02.0,legacy-igd=1\nargs: -set device.hostpci0.x-igd-lpc=off',
        facts: { device: '8086:46d1', qemuVersion: '10.1.2' },
      },
      ['qemu.legacy-not-for-generation warning'],
    ],
    [
      { facts: { device: '8086:46d1', qemuVersion: '10.1.2', symptom: 'after-update' } },
      ['qemu.legacy-not-for-generation cause'],
    ],
    [{ facts: { device: '8086:46d1', qemuVersion: '10.1.2' } }, []],
    [{ facts: { device: '8086:46d1', qemuVersion: '10.1.2', symptom: 'after-update', machine: 'q35' } }, []],
    [{ facts: { device: '8086:46d1', qemuVersion: '10.1.2', symptom: 'after-update', mode: 'vf' } }, []],
    [
      { facts: { device: '8086:46d1', qemuVersion: '10.1.2', symptom: 'after-update', guestOs: 'linux' } },
      [],
    ],
    [{ facts: { device: '8086:46d1', qemuVersion: '10.1.2', symptom: 'code-43', machine: 'i440fx' } }, []],
    [
      {
        text: 'memory: 4096',
        facts: { device: '8086:46d1', qemuVersion: '10.1.2', symptom: 'after-update' },
      },
      ['qemu.legacy-not-for-generation cause'],
    ],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(conclusions(LEGACY_GENERATION, sketch)).toEqual(expected);
  });
});
