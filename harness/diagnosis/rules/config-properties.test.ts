import { describe, expect, it } from 'vitest';
import { caseOf, deviceOf, quoteOf } from '../fixtures/case.ts';
import { conclusions } from '../fixtures/conclusions.ts';
import { setupCase, type SetupSketch } from '../fixtures/setup-case.ts';
import type { TypedProperty } from '../vm-setup.ts';
import { CONFIG_PROPERTIES } from './config-properties.ts';

const of = (set: string, facts: SetupSketch['facts'] = {}) =>
  conclusions(CONFIG_PROPERTIES, { text: `hostpci0: 00:02.0\nargs: -set device.hostpci0.${set}`, facts });

describe('properties of the device', () => {
  it.each([
    ['x-igd-opregion=on', {}, []],
    ['x-igd-opregion=1', {}, ['config.property-type cause']],
    ['x-igd-gms=2G', {}, ['config.property-type cause']],
    ['x-igd-legacy-mode=1', {}, ['config.property-type cause']],
    ['x-igd-legacy-mode=off', {}, []],
    ['x-igd-legacy-mode=off', { qemuVersion: '9.2.0' }, ['qemu.too-old cause']],
    ['x-igd-lpc=on', { qemuVersion: '9.2.0', outcome: 'works' }, ['qemu.too-old warning']],
    ['x-igd-opregion=on', { qemuVersion: '8.1.5' }, []],
    ['x-igd-lpc=on', { qemuVersion: '10.0.2' }, []],
    ['x-igd-opregoin=on', {}, ['config.args-unknown-property cause']],
    ['legacy-igd=1', {}, ['config.args-unknown-property cause']],
    ['x-new-thing=1', {}, ['config.args-unknown-property warning']],
    ['legacy-igd=1', { outcome: 'works' }, ['config.args-unknown-property warning']],
  ] as const)('%s with %j', (set, facts, expected) => {
    expect(of(set, facts)).toEqual(expected);
  });

  it.each([
    ['x-igd-legacy-mode', 'bool', 'false', 'off'],
    ['x-igd-opregion', 'string', 'on', 'on'],
    ['x-igd-gms', 'string', '0x2', null],
  ])('libvirt’s %s as %s is refused', (name, type, value, to) => {
    const text = `<override><device alias='a'><property name='${name}' type='${type}' value='${value}'/></device></override>`;
    const [claim] = CONFIG_PROPERTIES.conclude(setupCase({ text, kind: 'libvirt-xml' }));
    expect([claim?.id, claim?.severity]).toEqual(['config.property-type', 'cause']);
    expect(claim?.fix?.vm).toEqual([{ edit: 'device-property', name, value: to, device: 'a' }]);
  });

  it.each([
    ['x-igd-legacy-mode', 'string', 'off'],
    ['x-igd-opregion', 'bool', 'true'],
    ['x-igd-gms', 'unsigned', '2'],
    ['addr', 'string', '2.0'],
  ])('libvirt’s %s as %s is right', (name, type, value) => {
    const text = `<override><device alias='a'><property name='${name}' type='${type}' value='${value}'/></device></override>`;
    expect(conclusions(CONFIG_PROPERTIES, { text, kind: 'libvirt-xml' })).toEqual([]);
  });
});

describe('what is advised', () => {
  const told = (set: string, facts: SetupSketch['facts'] = {}) =>
    CONFIG_PROPERTIES.conclude(
      setupCase({ text: `hostpci0: 00:02.0\nargs: -set device.hostpci0.${set}`, facts }),
    );

  it.each([
    ['1', 'on'],
    ['ON', 'on'],
    ['yes', 'on'],
    ['true', 'on'],
    ['0', 'off'],
    ['OFF', 'off'],
    ['no', 'off'],
    ['false', 'off'],
    ['xon', null],
    ['onx', null],
    ['xoff', null],
    ['offx', null],
  ])('legacy mode that is %s is to be %s', (value, to) => {
    expect(told(`x-igd-legacy-mode=${value}`)[0]?.fix?.vm).toEqual([
      { edit: 'device-property', name: 'x-igd-legacy-mode', value: to, device: 'hostpci0' },
    ]);
  });

  it('a switch that is 1 is to be on, and a text stays as it is', () => {
    expect(told('x-vga=1')[0]?.fix?.vm).toEqual([
      { edit: 'device-property', name: 'x-vga', value: 'on', device: 'hostpci0' },
    ]);
    const text = `<override><device alias='a'><property name='bus' type='unsigned' value='2'/></device></override>`;
    const [claim] = CONFIG_PROPERTIES.conclude(setupCase({ text, kind: 'libvirt-xml' }));
    expect(claim?.fix?.vm).toEqual([{ edit: 'device-property', name: 'bus', value: '2', device: 'a' }]);
  });

  it.each([
    ['legacy-igd=1', true],
    ['pcie=1', true],
    ['x-igd-opregoin=on', false],
  ])('%s is said to be Proxmox’ own: %s', (set, proxmox) => {
    expect(told(set)[0]?.detail.includes('Proxmox’ hostpci')).toBe(proxmox);
  });

  it('a property that came later is told with the version that is too old', () => {
    const [old] = told('x-igd-lpc=on', { qemuVersion: '9.2.0' });
    expect(old?.title).toContain('x-igd-lpc needs QEMU 10.0');
    expect(old?.fix?.why).toContain('update');
    expect(old?.evidence.map(({ text }) => text)).toEqual([
      'hostpci0: 00:02.0',
      'args: -set device.hostpci0.x-igd-lpc=on',
      'qemuVersion: 9.2.0',
    ]);
    const [unknown] = told('x-igd-opregoin=on', { qemuVersion: '9.2.0' });
    expect(unknown?.fix?.why).not.toContain('update');
    expect(unknown?.evidence.map(({ text }) => text)).toEqual([
      'hostpci0: 00:02.0',
      'args: -set device.hostpci0.x-igd-opregoin=on',
    ]);
  });

  it('a type counts for the very property of the very device', () => {
    const typed = (
      device: string,
      name: string,
      type: TypedProperty['type'],
      line: number,
    ): TypedProperty => ({
      device,
      name,
      type,
      value: 'on',
      quote: quoteOf('vm.xml', line, `${device} ${name}`),
    });
    const properties = new Map([
      ['x-igd-opregion', 'on'],
      ['x-igd-lpc', 'on'],
    ]);
    const vm = {
      devices: [deviceOf({ name: 'a', properties }), deviceOf({ name: 'b', properties })],
      typed: [
        typed('b', 'x-igd-opregion', 'string', 1),
        typed('b', 'x-igd-lpc', 'boolean', 2),
        typed('a', 'x-igd-opregion', 'boolean', 3),
        typed('a', 'x-igd-lpc', 'boolean', 4),
      ],
    };
    const claims = CONFIG_PROPERTIES.conclude(caseOf({ vms: [vm] }));
    expect(claims.map(({ fix }) => fix?.vm)).toEqual([
      [{ edit: 'device-property', name: 'x-igd-opregion', value: 'on', device: 'b' }],
    ]);
    expect(claims[0]?.evidence.map((quote) => quote.text)).toEqual(['b x-igd-opregion']);
    expect(claims[0]?.title).toContain('a string in libvirt’s');
  });
});

describe('how values are spelled', () => {
  it.each([
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-vga=on' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-vga=off' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-vga=yes' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-vga=no' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-vga=true' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-vga=false' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-vga=y' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-vga=n' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-vga=ON' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-vga=only' }, ['config.property-type cause']],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-vga=non' }, ['config.property-type cause']],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-vga=0' }, ['config.property-type cause']],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=2' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0x2' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=-1' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=017' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0X2' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0x' }, ['config.property-type cause']],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=a2' }, ['config.property-type cause']],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=2a' }, ['config.property-type cause']],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-legacy-mode=on' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-legacy-mode=off' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-legacy-mode=auto' }, []],
    [
      { text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-legacy-mode=xon' },
      ['config.property-type cause'],
    ],
    [
      { text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-legacy-mode=onx' },
      ['config.property-type cause'],
    ],
    [
      { text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-legacy-mode=ON' },
      ['config.property-type cause'],
    ],
    [
      { text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.legacy-igd=1' },
      ['config.args-unknown-property cause'],
    ],
    [
      { text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.pcie=1' },
      ['config.args-unknown-property cause'],
    ],
    [
      { text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.mapping=1' },
      ['config.args-unknown-property cause'],
    ],
    [
      { text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-opregion=1' },
      ['config.args-unknown-property cause'],
    ],
    [
      { text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-new=1' },
      ['config.args-unknown-property cause'],
    ],
    [
      { text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.legacy-igdx=1' },
      ['config.args-unknown-property warning'],
    ],
    [
      { text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.pciex=1' },
      ['config.args-unknown-property warning'],
    ],
    [
      { text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.mappings=1' },
      ['config.args-unknown-property warning'],
    ],
    [
      { text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.my-x-igd=1' },
      ['config.args-unknown-property warning'],
    ],
    [
      { text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-lpc=on', facts: { qemuVersion: '9.2.0' } },
      ['qemu.too-old cause'],
    ],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-lpc=on' }, []],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(conclusions(CONFIG_PROPERTIES, sketch)).toEqual(expected);
  });
});
