import { describe, expect, it } from 'vitest';
import { conclusions } from '../fixtures/conclusions.ts';
import { setupCase } from '../fixtures/setup-case.ts';
import { CONFIG_LEGACY } from './config-legacy.ts';

const of = (text: string, facts = {}) => conclusions(CONFIG_LEGACY, { text, facts });

describe('legacy mode that is asked for', () => {
  it.each([
    ['hostpci0: 00:02.0,legacy-igd=1\nvga: none\nmachine: pc', []],
    ['hostpci0: 00:02.0,legacy-igd=1\nvga: none\nmachine: q35', ['config.legacy-on-q35 cause']],
    ['hostpci0: 00:02.0,legacy-igd=1,x-vga=1\nvga: none', ['config.legacy-conflict cause']],
    ['hostpci0: 00:02.0,legacy-igd=1,pcie=1\nvga: none\nmachine: pc', ['config.legacy-conflict cause']],
    ['hostpci0: 00:02.0,legacy-igd=1,rombar=0\nvga: none', ['config.legacy-conflict cause']],
    // A slot with one function is none of several.
    ['hostpci0: 00:02,legacy-igd=1\nvga: none', []],
    ['hostpci0: 00:02.1,legacy-igd=1\nvga: none', ['config.legacy-conflict cause']],
    ['hostpci0: 00:02.0,legacy-igd=1,mdev=i915-GVTg_V5_4\nvga: none', ['config.legacy-conflict cause']],
    ['hostpci0: 00:02.0,legacy-igd=1\nvga: std', ['config.vga-not-none cause']],
    ['hostpci0: 00:02.0,legacy-igd=1', []],
  ])('%j', (text, expected) => {
    expect(of(text)).toEqual(expected);
  });

  it('is no cause on a system that works, and hardly one where the guest was seen', () => {
    const text = 'hostpci0: 00:02.0,legacy-igd=1\nvga: none\nmachine: q35';
    expect(of(text, { outcome: 'works' })).toEqual(['config.legacy-on-q35 warning']);
    expect(of(text, { symptom: 'code-43' })).toEqual(['config.legacy-on-q35 contributing']);
  });

  it('counts all functions only where there are virtual ones', () => {
    const text = 'hostpci0: 00:02,legacy-igd=1\nvga: none';
    expect(of(text, { vfs: 3 })).toEqual(['config.legacy-conflict cause']);
    expect(of(text, { vfs: 0 })).toEqual([]);
    expect(of('hostpci0: 00:02.0,legacy-igd=1\nvga: none', { vfs: 3 })).toEqual([]);
  });

  it.each(['sriov-on', 'vf-mode'])('hears of virtual functions by %s', (id) => {
    const text = 'hostpci0: 00:02,legacy-igd=1\nvga: none';
    expect(conclusions(CONFIG_LEGACY, { text, signals: [id] })).toEqual(['config.legacy-conflict cause']);
  });

  it.each(['rom-header', 'vfio-reset', 'ecap-hide', 'no-reset', 'igd-legacy-on', 'p2p'])(
    'was not refused by Proxmox where something behind it was heard: %s',
    (id) => {
      const text = 'hostpci0: 00:02.0,legacy-igd=1\nvga: std';
      expect(conclusions(CONFIG_LEGACY, { text, signals: [id] })).toEqual(['config.vga-not-none warning']);
      const facts = { symptom: 'vm-does-not-start' } as const;
      expect(conclusions(CONFIG_LEGACY, { text, facts, signals: [id] })).toEqual([
        'config.vga-not-none cause',
      ]);
    },
  );

  it('names all conflicts at once, with an edit for each', () => {
    const [claim] = CONFIG_LEGACY.conclude(
      setupCase({ text: 'hostpci0: 00:02,legacy-igd=1,x-vga=1,rombar=0\nvga: none', facts: { vfs: 7 } }),
    );
    expect(claim?.title).toContain('x-vga=1, rombar=0, all functions of a slot');
    expect(claim?.fix?.vm).toEqual([
      { edit: 'hostpci', name: 'x-vga', value: null, device: 'hostpci0' },
      { edit: 'hostpci', name: 'rombar', value: null, device: 'hostpci0' },
      { edit: 'host-device', from: '0000:00:02', to: '0000:00:02.0', device: 'hostpci0' },
    ]);
  });

  it.each([
    ['pc', '0x2', []],
    ['q35', '0x2', ['config.legacy-on-q35 cause']],
    ['pc', '0x5', ['config.legacy-conflict cause']],
  ])('QEMU on %s at %s', (machine, addr, expected) => {
    const text = `qemu-system-x86_64 -machine ${machine} -vga none -device vfio-pci,host=00:02.0,addr=${addr},x-igd-legacy-mode=on`;
    expect(conclusions(CONFIG_LEGACY, { text, kind: 'qemu-command-line' })).toEqual(expected);
  });
});

describe('legacy mode at its limits', () => {
  it.each([
    [
      { text: 'machine: q35\nvga: none\nhostpci0: 00:02.0,legacy-igd=1,pcie=1' },
      ['config.legacy-on-q35 cause'],
    ],
    [{ text: 'machine: pc\nvga: none\nhostpci0: mapping=a,legacy-igd=1' }, []],
    [
      { text: 'machine: pc\nvga: none\nhostpci0: 00:02.0,legacy-igd=1\nhostpci1: 00:02.0,legacy-igd=1' },
      ['config.legacy-conflict cause', 'config.legacy-conflict cause'],
    ],
    [{ text: 'machine: pc\nvga: none\nhostpci0: 00:02.0,legacy-igd=1\nhostpci1: 01:00.0' }, []],
    [
      { text: 'machine: pc\nvga: none\nhostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-legacy-mode=on' },
      ['config.legacy-conflict cause'],
    ],
    [
      {
        text: 'machine: pc\nvga: none\nhostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-legacy-mode=off -set device.hostpci0.addr=0x5',
      },
      [],
    ],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(conclusions(CONFIG_LEGACY, sketch)).toEqual(expected);
  });
});
