import { describe, expect, it } from 'vitest';
import { conclusions } from '../fixtures/conclusions.ts';
import { CONFIG_ROMFILE } from './config-romfile.ts';

describe('romfile', () => {
  it.each([
    [{ text: 'hostpci0: 00:02.0,romfile=/root/a.rom' }, ['rom.file-not-found cause']],
    [{ text: 'hostpci0: 00:02.0,romfile=a.rom' }, []],
    [{ text: 'hostpci0: 00:02.0,romfile=../../../root/a.rom' }, ['rom.file-not-found info']],
    [{ text: 'hostpci0: 00:02.0,romfile=sub/../a.rom' }, ['rom.file-not-found cause']],
    [
      { text: 'hostpci0: 00:02.0,romfile=/root/a.rom', facts: { outcome: 'works' } },
      ['rom.file-not-found warning'],
    ],
    [{ text: '  hostpci0: 00:02.0,romfile=/root/a.rom' }, ['rom.file-not-found cause']],
    [
      {
        kind: 'qemu-command-line',
        text: 'qemu-system-x86_64 -device vfio-pci,host=00:02.0,romfile=/root/a.rom',
      },
      [],
    ],
    [{ text: 'args: -device vfio-pci,host=00:02.0,romfile=/root/a.rom' }, []],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(conclusions(CONFIG_ROMFILE, sketch)).toEqual(expected);
  });
});
