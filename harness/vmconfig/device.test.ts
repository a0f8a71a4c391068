import { describe, expect, it } from 'vitest';
import { guestAddress, passedDevice } from './device.ts';
import { IGPU, N100 } from './n100.fixture.ts';
import { parseVmConfig } from './parse.ts';

function address(...lines: readonly string[]): string | null {
  return guestAddress(parseVmConfig(lines.join('\n')), IGPU);
}

describe('passedDevice', () => {
  it('finds the hostpci that names the iGPU, with its ROM', () => {
    const passed = passedDevice(parseVmConfig(N100), IGPU);
    expect(passed).toMatchObject({ entry: { key: 'hostpci0' }, index: 0, romfile: '12-n100-q10.rom' });
    expect(passed?.sets.map(({ property }) => property)).toEqual([
      'bus',
      'addr',
      'x-igd-gms',
      'x-igd-opregion',
    ]);
  });

  it('passes over other devices and mappings', () => {
    const config = parseVmConfig('hostpci0: 01:00\nhostpci1: mapping=x\nhostpci3: 00:02,rombar=0\n');
    expect(passedDevice(config, IGPU)).toMatchObject({ index: 3, romfile: null });
    expect(passedDevice(parseVmConfig('hostpci0: 01:00.0'), IGPU)).toBeNull();
  });

  it('takes the ROM that a -set gives over the one of hostpci', () => {
    const config = parseVmConfig('hostpci0: 00:02.0,romfile=a.rom\nargs: -set device.hostpci0.romfile=b.rom');
    expect(passedDevice(config, IGPU)?.romfile).toBe('b.rom');
  });

  it('does not see -set where an open quote makes Proxmox drop all args', () => {
    const config = parseVmConfig("hostpci0: 00:02.0\nargs: -set device.hostpci0.addr=0x02.0 'x");
    expect(passedDevice(config, IGPU)?.sets).toEqual([]);
  });
});

describe('guestAddress', () => {
  it('is what -set says, on the root bus of q35', () => {
    expect(guestAddress(parseVmConfig(N100), IGPU)).toBe('00:02.0');
  });

  it.each([
    ['2.0', '00:02.0'],
    ['0x1f.7', '00:1f.7'],
    ['10', '00:10.0'],
    ['0xA', '00:0a.0'],
  ])('reads addr=%s as hex', (addr, expected) => {
    expect(address('hostpci0: 00:02.0', `args: -set device.hostpci0.addr=${addr}`)).toBe(expected);
  });

  it('is 00:02.0 in legacy mode and 00:10.0 without it, on i440fx', () => {
    expect(address('hostpci0: 00:02.0,legacy-igd=1', 'machine: pc-i440fx-10.0')).toBe('00:02.0');
    expect(address('hostpci0: 00:02.0')).toBe('00:10.0');
    expect(address('hostpci1: 00:02.0')).toBe('00:11.0');
  });

  it('takes the last -set of a property', () => {
    const args = 'args: -set device.hostpci0.addr=3 -set device.hostpci0.addr=2';
    expect(address('hostpci0: 00:02.0', args)).toBe('00:02.0');
  });

  it('cannot be told behind a root port or a bridge, whose bus the firmware numbers', () => {
    expect(address('machine: q35', 'hostpci0: 00:02.0,pcie=1')).toBeNull();
    expect(address('machine: q35', 'hostpci0: 00:02.0')).toBeNull();
    expect(address('hostpci4: 00:02.0')).toBeNull();
    expect(address('cores: 1')).toBeNull();
  });
});
