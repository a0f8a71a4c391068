import { describe, expect, it } from 'vitest';
import { conclusions } from '../fixtures/conclusions.ts';
import type { SetupSketch } from '../fixtures/setup-case.ts';
import { CONFIG_ADDRESS } from './config-address.ts';

const of = (text: string, facts: SetupSketch['facts'] = {}) => conclusions(CONFIG_ADDRESS, { text, facts });
const PORT = 'machine: q35\nhostpci0: 00:02.0,pcie=1,romfile=a.rom';

describe('the place of the iGPU', () => {
  it.each([
    [{}, 'info'],
    [{ guestOs: 'linux', symptom: 'no-picture' }, 'info'],
    [{ guestOs: 'windows' }, 'warning'],
    [{ guestOs: 'windows', symptom: 'code-43' }, 'cause'],
    [{ guestOs: 'macos', symptom: 'no-picture' }, 'cause'],
    [{ guestOs: 'windows', symptom: 'code-43', outcome: 'works' }, 'info'],
  ] as const)('behind a port with %j is %s', (facts, severity) => {
    expect(of(PORT, facts)).toEqual([`config.igpu-address ${severity}`]);
  });

  it('is not all that is wrong without a ROM', () => {
    const text = 'machine: q35\nhostpci0: 00:02.0,pcie=1';
    expect(of(text, { guestOs: 'windows', symptom: 'code-43' })).toEqual([
      'config.igpu-address contributing',
    ]);
  });

  it('is right at slot 2 of the root bus, on either machine', () => {
    expect(of('hostpci0: 00:02.0,legacy-igd=1\nmachine: pc\nvga: none')).toEqual([]);
    expect(of(`${PORT}\nargs: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0`)).toEqual([]);
  });

  it('is nowhere where only the address was set behind a port', () => {
    expect(of(`${PORT}\nargs: -set device.hostpci0.addr=0x02.0`, { symptom: 'no-device' })).toEqual([
      'config.igpu-address cause',
    ]);
  });

  it('on q35 is not pci.0, which is a bridge there', () => {
    const text = 'machine: q35\nhostpci0: 00:02.0\nargs: -set device.hostpci0.addr=0x02.0';
    expect(of(text)).toEqual(['config.igpu-address info']);
  });

  it.each(['hostpci0: 00:02.1,pcie=1', 'hostpci0: mapping=a,pcie=1', 'hostpci0: 01:00.0,pcie=1'])(
    'does not matter for %s unless it is the iGPU',
    (line) => {
      expect(
        of(line, { guestOs: 'windows', symptom: 'code-43' }).filter((one) => one.endsWith('cause')),
      ).toEqual([]);
    },
  );
});

describe('a busy slot', () => {
  const AT_TWO = 'machine: pc\nhostpci0: 00:02.0\nargs: -set device.hostpci0.addr=0x2\n';

  it.each([
    [`${AT_TWO}vga: std`, ['config.slot-busy cause']],
    [`${AT_TWO}vga: none`, []],
    [
      'machine: pc\nvga: none\nhostpci0: 00:02.0\nargs: -set device.hostpci0.addr=0x12\nnet0: virtio=A',
      ['config.slot-busy cause'],
    ],
    ['machine: pc\nvga: std\nhostpci0: 00:02.0,legacy-igd=1', []],
  ])('%j', (text, expected) => {
    expect(of(text)).toEqual(expected);
  });

  it('is found between two passed devices, and in a libvirt domain', () => {
    const twin = `${AT_TWO}vga: none\nhostpci1: 01:00.0\n`.replace(
      'addr=0x2',
      'addr=0x2 -set device.hostpci1.addr=0x2',
    );
    expect(of(twin)).toEqual(['config.slot-busy cause']);
    const text = `<domain><os><type machine='q35'>hvm</type></os><devices>
      <controller type='pci' index='1'><address type='pci' bus='0x00' slot='0x02' function='0x0'/></controller>
      <hostdev type='pci'><source><address domain='0' bus='0' slot='2' function='0'/></source><alias name='ua-a'/></hostdev></devices>
      <override><device alias='ua-a'><frontend><property name='bus' type='string' value='pcie.0'/><property name='addr' type='string' value='2.0'/></frontend></device></override></domain>`;
    expect(conclusions(CONFIG_ADDRESS, { text, kind: 'libvirt-xml' })).toEqual(['config.slot-busy cause']);
  });
});

describe('at another place', () => {
  it.each([
    [
      { text: 'machine: q35\nhostpci0: 00:02.0,pcie=1\nargs: -set device.hostpci0.addr=0x02.0' },
      ['config.igpu-address warning'],
    ],
    [
      {
        text: 'machine: q35\nhostpci0: 00:02.0,pcie=1\nargs: -set device.hostpci0.addr=0x02.0',
        facts: { outcome: 'works' },
      },
      ['config.igpu-address info'],
    ],
    [
      {
        text: 'machine: pc\nvga: none\nhostpci0: 00:02.0\nargs: -set device.hostpci0.addr=0x5',
        facts: { symptom: 'no-picture', guestOs: 'linux' },
      },
      ['config.igpu-address info'],
    ],
    [{ text: 'hostpci0: 00:02.0', facts: { guestOs: 'windows' } }, ['config.igpu-address warning']],
    [{ text: 'hostpci0: 00:02.0,pcie=1', facts: { guestOs: 'windows' } }, ['config.igpu-address warning']],
    [
      {
        text: 'machine: pc\nvga: none\nhostpci0: 00:02.0\nargs: -set device.hostpci0.addr=0x12\nnet0: virtio=A',
      },
      ['config.slot-busy cause'],
    ],
    [
      {
        text: 'machine: pc\nvga: none\nhostpci0: 00:02.0\nargs: -set device.hostpci0.addr=0x12\nnet0: virtio=A',
        facts: { outcome: 'works' },
      },
      ['config.slot-busy warning'],
    ],
    [
      {
        text: 'machine: pc\nvga: none\nhostpci0: 00:02.0\nhostpci1: 01:00.0\nargs: -set device.hostpci0.addr=0x2.0 -set device.hostpci1.addr=0x2.1',
      },
      [],
    ],
    [
      {
        text: 'machine: pc\nvga: none\nhostpci0: 00:02.0\nhostpci1: 01:00.0,pcie=1\nargs: -set device.hostpci0.addr=0x2',
      },
      [],
    ],
    [{ text: 'machine: pc\nhostpci0: 00:02.0,legacy-igd=1\nvga: std' }, []],
    [
      {
        kind: 'qemu-command-line',
        text: 'qemu-system-x86_64 -machine pc -vga none -device VGA,addr=0x2,id=video0 -device vfio-pci,host=00:02.0,addr=0x2',
      },
      ['config.slot-busy cause'],
    ],
    [
      {
        kind: 'qemu-command-line',
        text: 'qemu-system-x86_64 -machine pc -vga none -device qxl,addr=0x2,id=QXL0 -device vfio-pci,host=00:02.0,addr=0x2',
      },
      ['config.slot-busy cause'],
    ],
    [
      {
        kind: 'qemu-command-line',
        text: 'qemu-system-x86_64 -machine pc -vga none -device e1000,addr=0x2,id=net0 -device vfio-pci,host=00:02.0,addr=0x2',
      },
      ['config.slot-busy cause'],
    ],
    [
      {
        kind: 'qemu-command-line',
        text: 'qemu-system-x86_64 -machine pc -vga none -device vfio-pci,host=00:02.0',
      },
      [],
    ],
    [
      {
        kind: 'qemu-command-line',
        text: 'qemu-system-x86_64 -device vfio-pci,host=00:02.0,addr=0x3',
        facts: { guestOs: 'windows' },
      },
      ['config.igpu-address warning'],
    ],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(conclusions(CONFIG_ADDRESS, sketch)).toEqual(expected);
  });
});
