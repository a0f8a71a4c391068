import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from './any-text.fixture.ts';
import { namesDevice, normalAddress, parseHostpci } from './hostpci.ts';

describe('parseHostpci', () => {
  it('reads the device and its properties', () => {
    expect(parseHostpci('0000:00:02.0,romfile=12-n100-q10.rom,pcie=1,x-vga=1')).toEqual({
      hosts: ['0000:00:02.0'],
      mapping: null,
      pcie: true,
      xVga: true,
      rombar: true,
      romfile: '12-n100-q10.rom',
      legacyIgd: false,
      others: new Map(),
      problems: [],
    });
  });

  it('keeps the rarer properties by name', () => {
    const { rombar, legacyIgd, others, problems } = parseHostpci(
      'host=00:02.0,rombar=0,legacy-igd=on,mdev=i915-GVTg_V5_4,device-id=0x46d1,sub-vendor-id=0x8086',
    );
    expect({ rombar, legacyIgd, problems }).toEqual({ rombar: false, legacyIgd: true, problems: [] });
    expect([...others.keys()]).toEqual(['mdev', 'device-id', 'sub-vendor-id']);
  });

  it('takes several devices and a mapping', () => {
    expect(parseHostpci('00:02;0000:01:00.1').hosts).toEqual(['0000:00:02', '0000:01:00.1']);
    expect(parseHostpci('mapping=igpu')).toMatchObject({ mapping: 'igpu', hosts: [], problems: [] });
  });

  it.each([
    ['pcie=1', 'exactly one of a host address and a mapping is needed'],
    ['00:02.0,mapping=x', 'exactly one of a host address and a mapping is needed'],
    ['00:02.0,pcie=maybe', 'pcie is 0 or 1, not "maybe"'],
    ['00:02.0,rom=x', 'hostpci has no property "rom"'],
    ['00:02.0,romfile=', '"romfile=" lacks its name or its value'],
    ['00:02.0,pcie=1,pcie=0', '"pcie" stands twice'],
    ['00:02.0,01:00.0', '"host" stands twice'],
    ['00:0G.0', '"00:0G.0" is no PCI address such as 0000:00:02.0'],
  ])('says why Proxmox refuses %j', (value, message) => {
    expect(parseHostpci(value).problems.map((problem) => problem.message)).toContain(message);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        expect(Array.isArray(parseHostpci(value).problems)).toBe(true);
      }),
    );
  });
});

describe('an address', () => {
  it('is spelled with its domain', () => {
    expect(normalAddress('00:02.0')).toBe('0000:00:02.0');
    expect(normalAddress('00:02')).toBe('0000:00:02');
    expect(normalAddress('00:02.0\n')).toBeNull();
  });

  it('names the device or its whole slot, and no other', () => {
    expect(['0000:00:02.0', '0000:00:02'].map((host) => namesDevice(host, '00:02.0'))).toEqual([true, true]);
    expect(['0000:00:02.1', '0000:00:0', '0001:00:02.0'].map((host) => namesDevice(host, '00:02.0'))).toEqual(
      [false, false, false],
    );
  });
});
