import { describe, expect, it } from 'vitest';
import { N100 } from '../vmconfig/n100.fixture.ts';
import { textPart } from './fixtures/part.ts';
import { lint } from './lint.ts';

describe('lint', () => {
  it('has nothing bad to say of a config that works', () => {
    const { claims } = lint([textPart('proxmox-config', N100)]);
    expect(claims.map(({ severity }) => severity)).toEqual(['info', 'info']);
  });

  it('puts what is bad first, whatever the form', () => {
    const text = '-machine q35 -vga std -device vfio-pci,host=00:02.0,x-igd-legacy-mode=on,x-igd-gms=0xf0';
    const { claims, vms } = lint([
      textPart('qemu-command-line', text),
      textPart('kernel-log', 'nothing of it'),
    ]);
    expect(vms).toHaveLength(1);
    expect(claims.map(({ id }) => id).slice(0, 2)).toEqual(['config.legacy-on-q35', 'config.gms-too-small']);
  });

  it('looks at the host it is told of', () => {
    const part = textPart('proxmox-config', 'machine: pc-q35-10.1\nhostpci0: 00:02.0');
    const quote = { input: 'host', line: 1, text: 'qemu 9.2' };
    const { claims } = lint([part], [{ key: 'qemuVersion', value: '9.2.0', by: 'machine', quote }]);
    expect(claims[0]?.id).toBe('config.machine-unknown');
  });
});
