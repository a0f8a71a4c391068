import { describe, expect, it } from 'vitest';
import { N100 } from '../vmconfig/n100.fixture.ts';
import { readGiven } from './fixtures/diagnosed.ts';
import { lint } from './lint.ts';

describe('lint', () => {
  it('has nothing bad to say of a config that works', () => {
    const { findings } = lint([readGiven('103.conf', N100)]);
    expect(findings.map(({ severity }) => severity)).toEqual(['info', 'info']);
  });

  it('puts what is bad first, whatever the form', () => {
    const text =
      'qemu-system-x86_64 -machine q35 -vga std -device vfio-pci,host=00:02.0,x-igd-legacy-mode=on,x-igd-gms=0xf0';
    const { findings, vms } = lint([
      readGiven('vm.sh', text),
      readGiven('dmesg.txt', '[    1.0] nothing of it'),
    ]);
    expect(vms).toBe(1);
    expect(findings.map(({ id }) => id).slice(0, 2)).toEqual([
      'config.legacy-on-q35',
      'config.gms-too-small',
    ]);
  });

  it('looks at the host it is told of', () => {
    const { findings } = lint([
      readGiven('100.conf', 'machine: pc-q35-10.1\nhostpci0: 00:02.0\n'),
      readGiven('host.txt', 'qemu: 9.2.0\n'),
    ]);
    expect(findings[0]?.id).toBe('config.machine-unknown');
  });
});
