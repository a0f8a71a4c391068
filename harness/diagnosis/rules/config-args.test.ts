import { describe, expect, it } from 'vitest';
import { conclusions } from '../fixtures/conclusions.ts';
import { setupCase, type SetupSketch } from '../fixtures/setup-case.ts';
import { CONFIG_ARGS } from './config-args.ts';

const of = (text: string, facts: SetupSketch['facts'] = {}) => conclusions(CONFIG_ARGS, { text, facts });

describe('args', () => {
  it.each([
    [`args: -cpu 'host,kvm=off\nvga: none`, {}, ['config.args-quote cause']],
    [`args: -cpu 'host,kvm=off\nvga: none`, { outcome: 'works' }, ['config.args-quote warning']],
    [`args: -name "x\nvga: none`, {}, ['config.args-quote warning']],
    [`args: -cpu 'host,kvm=off'\nvga: none`, {}, []],
    ['hostpci0: 00:02.0\nargs: -set device.hostpci1.x-igd-gms=2', {}, ['config.args-unknown-device cause']],
    ['hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=2', {}, []],
    ['hostpci0: 00:02.0\nargs: -set device.balloon0.addr=5 -set device.net0.addr=6', {}, []],
    // Whose device line may just not have been pasted.
    ['args: -set device.hostpci0.x-igd-gms=2', {}, []],
    // Proxmox names the parts of a list with a dot.
    [
      'hostpci0: 00:02.0;00:1f.3\nargs: -set device.hostpci0.x-igd-gms=2',
      {},
      ['config.args-unknown-device cause'],
    ],
  ] as const)('%j with %j', (text, facts, expected) => {
    expect(of(text, facts)).toEqual(expected);
  });

  it('offers the name that the device has', () => {
    const [claim] = CONFIG_ARGS.conclude(
      setupCase({ text: 'hostpci1: 00:02.0\nargs: -set device.hostpci0.addr=2' }),
    );
    expect(claim?.fix?.vm).toEqual([
      { edit: 'args', from: '-set device.hostpci0.addr=2', to: '-set device.hostpci1.addr=2' },
    ]);
  });

  it('tells of libvirt’s devices, which -set no longer reaches', () => {
    const text = `<hostdev type='pci'><source><address bus='0' slot='2' function='0'/></source></hostdev>
      <commandline><arg value='-set'/><arg value='device.hostdev0.x-igd-opregion=on'/></commandline>`;
    const sketch = { text, kind: 'libvirt-xml' } as const;
    expect(conclusions(CONFIG_ARGS, sketch)).toEqual(['config.args-unknown-device info']);
    expect(conclusions(CONFIG_ARGS, { ...sketch, facts: { symptom: 'vm-does-not-start' } })).toEqual([
      'config.args-unknown-device cause',
    ]);
  });
});

describe('args', () => {
  it.each([
    [{ text: "args: -name 'hostpci0\nvga: none" }, ['config.args-quote cause']],
    [{ text: "args: -name 'vfio\nvga: none" }, ['config.args-quote cause']],
    [{ text: "args: -name 'igd\nvga: none" }, ['config.args-quote cause']],
    [{ text: "args: -name '-cpu\nvga: none" }, ['config.args-quote cause']],
    [
      { text: 'hostpci0: 00:02.0\nargs: -set device.hostpci1.x-vga=on' },
      ['config.args-unknown-device cause'],
    ],
    [
      { text: 'hostpci0: 00:02.0\nargs: -set device.hostdev0.x-vga=on' },
      ['config.args-unknown-device cause'],
    ],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.vfio0.x-vga=on' }, ['config.args-unknown-device cause']],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.igpu.x-vga=on' }, ['config.args-unknown-device cause']],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.igd0.x-vga=on' }, ['config.args-unknown-device cause']],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.gpu.x-vga=on' }, ['config.args-unknown-device cause']],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.GPU0.x-vga=on' }, ['config.args-unknown-device cause']],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.my-gpu.x-vga=on' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: device.gpu0.x=1' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -set drive.gpu0.x=1' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -set nonsense' }, []],
    [
      { text: 'hostpci0: 00:02.0\nargs: -set device.gpu0.x=1 -set device.gpu0.y=1' },
      ['config.args-unknown-device cause'],
    ],
    [
      { text: 'hostpci0: 00:02.0\nargs: -set device.gpu0.x=1', facts: { symptom: 'code-43' } },
      ['config.args-unknown-device contributing'],
    ],
    [
      { kind: 'qemu-command-line', text: "qemu-system-x86_64 -device vfio-pci,host=00:02.0,id=a -cpu 'host" },
      [],
    ],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(conclusions(CONFIG_ARGS, sketch)).toEqual(expected);
  });
});
