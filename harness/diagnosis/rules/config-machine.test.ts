import { describe, expect, it } from 'vitest';
import { conclusions } from '../fixtures/conclusions.ts';
import { CONFIG_MACHINE } from './config-machine.ts';

describe('the machine type', () => {
  it.each([
    [{ text: 'machine: pc-q35-10.1', facts: { qemuVersion: '10.0.2' } }, ['config.machine-unknown cause']],
    [{ text: 'machine: pc-q35-10.0', facts: { qemuVersion: '10.0.2' } }, []],
    [{ text: 'machine: pc-q35-9.2', facts: { qemuVersion: '10.0.2' } }, []],
    [{ text: 'machine: pc-q35-10.1' }, []],
    [{ text: 'machine: q35', facts: { qemuVersion: '10.0.2' } }, []],
    [
      { text: 'machine: pc-q35-10.1', facts: { qemuVersion: '10.0.2', symptom: 'code-43' } },
      ['config.machine-unknown contributing'],
    ],
    [
      {
        kind: 'qemu-command-line',
        text: 'qemu-system-x86_64 -machine pc-q35-9.0+pve1 -device vfio-pci,host=00:02.0',
        facts: { hypervisor: 'libvirt' },
      },
      ['config.machine-unknown cause'],
    ],
    [
      {
        kind: 'qemu-command-line',
        text: 'qemu-system-x86_64 -machine pc-q35-9.0+pve1 -device vfio-pci,host=00:02.0',
        facts: { hypervisor: 'proxmox' },
      },
      [],
    ],
    [
      {
        kind: 'qemu-command-line',
        text: 'qemu-system-x86_64 -machine pc-q35-9.0 -device vfio-pci,host=00:02.0',
        facts: { hypervisor: 'libvirt' },
      },
      [],
    ],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(conclusions(CONFIG_MACHINE, sketch)).toEqual(expected);
  });
});
