import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from './any-text.fixture.ts';
import { withProperty } from './edit.ts';
import { ConfigEditError } from './edit-error.ts';
import { parseHostpci } from './hostpci.ts';
import { IGPU, N100 } from './n100.fixture.ts';
import { parseVmConfig, valueOf } from './parse.ts';

describe('withProperty', () => {
  it('sets and removes a property of a key', () => {
    const text = 'cores: 2\r\nhostpci0: 00:02.0,romfile=a.rom,pcie=1\r\n';
    expect(withProperty(text, 'hostpci0.romfile', 'b.rom')).toBe(text.replace('a.rom', 'b.rom'));
    expect(withProperty(text, 'hostpci0.romfile', null)).toBe(text.replace(',romfile=a.rom', ''));
    expect(withProperty(text, 'hostpci0.x-vga', '1')).toBe(text.replace('pcie=1', 'pcie=1,x-vga=1'));
    expect(withProperty(text, 'hostpci0.mdev', null)).toBe(text);
  });

  it('sets the property that stands without its name', () => {
    expect(withProperty('cpu: host,hidden=1\n', 'cpu.cputype', 'max')).toBe('cpu: max,hidden=1\n');
  });

  it('sets, adds and removes a key', () => {
    expect(withProperty('machine: q35\nvga: none\n', 'machine', 'pc')).toBe('machine: pc\nvga: none\n');
    expect(withProperty('machine: q35\nvga: none\n', 'machine', null)).toBe('vga: none\n');
    expect(withProperty('vga: none', 'machine', 'pc')).toBe('vga: none\nmachine: pc\n');
    expect(withProperty('', 'machine', 'pc')).toBe('machine: pc\n');
    expect(withProperty('vga: none\r\n', 'machine', 'pc')).toBe('vga: none\r\nmachine: pc\r\n');
  });

  it('stays in the main section', () => {
    const text = 'cores: 2\n\n[snap]\nmachine: q35\n';
    expect(withProperty(text, 'machine', 'pc')).toBe('cores: 2\nmachine: pc\n\n[snap]\nmachine: q35\n');
    expect(withProperty(text, 'machine', null)).toBe(text);
  });

  it('removes a key with its last property, and every line of a key that stands twice', () => {
    expect(withProperty('cores: 1\nvga: none\n', 'vga.type', null)).toBe('cores: 1\n');
    expect(withProperty('vga: std\ncores: 1\nvga: none\n', 'vga', null)).toBe('cores: 1\n');
  });

  it('edits the section that is named, and no other', () => {
    const text = 'cores: 2\n\n[PENDING]\ncores: 3\n\n[snap]\ncores: 1\n';
    expect(withProperty(text, 'cores', '4', 'pending')).toBe(text.replace('cores: 3', 'cores: 4'));
    expect(withProperty(text, 'cores', null, 'snap')).toBe(text.replace('cores: 1\n', ''));
    expect(withProperty(text, 'vga', 'none', 'pending')).toBe(
      text.replace('cores: 3\n', 'cores: 3\nvga: none\n'),
    );
    expect(() => withProperty(text, 'cores', '4', 'Snap')).toThrow('the config has no section "Snap"');
  });

  it('sets, adds and removes what a -set in args gives, and leaves the other words as they are written', () => {
    const path = 'args.device.hostpci0.addr';
    const text = "args: -a 'b  c'  -set device.hostpci0.addr=1 -x -set device.hostpci0.addr=2  -y\n";
    expect(withProperty(text, path, '0x02.0')).toBe(
      "args: -a 'b  c'  -x -set device.hostpci0.addr=0x02.0  -y\n",
    );
    expect(withProperty(text, path, null)).toBe("args: -a 'b  c'  -x -y\n");
    expect(withProperty('args: -x\n', path, '2')).toBe('args: -x -set device.hostpci0.addr=2\n');
    expect(withProperty('cores: 1\n', path, '2')).toBe('cores: 1\nargs: -set device.hostpci0.addr=2\n');
    expect(withProperty('args: -set device.hostpci0.addr=2\n', path, null)).toBe('');
    expect(() => withProperty("args: -x '\n", path, '2')).toThrow('not closed');
    expect(() => withProperty('args: -x\n', path, '2 -incoming exec:id')).toThrow('cannot be');
  });

  it.each([
    ['hostpci1.romfile', 'x', 'the config has no hostpci1'],
    ['hostpci0.romfile', 'a,x-vga=1', 'cannot be "a,x-vga=1"'],
    ['hostpci0.romfile', 'a\nargs: -incoming exec:id', 'cannot be'],
    ['machine', '', 'cannot be ""'],
    ['args.bus', '1', 'no list of properties'],
    ['cores.x', '1', 'no list of properties'],
    ['Bad Path', '1', 'no key'],
    ['machine', 'x snapstate: delete', 'cannot hold'],
  ])('refuses %s = %j', (path, value, message) => {
    const edit = () => withProperty(N100, path, value);
    expect(edit).toThrow(ConfigEditError);
    expect(edit).toThrow(message);
  });

  it('leaves every other entry as it was, and says nothing but the value', () => {
    const path = fc.constantFrom(
      'machine',
      'cores',
      'rng0',
      'hostpci0.romfile',
      'hostpci0.rombar',
      'vga.type',
    );
    const value = fc.option(anyText.filter((text) => text !== ''));
    fc.assert(
      fc.property(path, value, (where, wanted) => {
        const edited = attempt(() => withProperty(N100, where, wanted));
        if (edited === null) return;
        const after = parseVmConfig(edited);
        const [key = '', property] = where.split('.');
        expect(others(edited, key)).toEqual(others(N100, key));
        expect(after.problems).toEqual([]);
        if (property === undefined) expect(valueOf(after, key)).toBe(wanted);
        if (property === 'romfile') expect(parseHostpci(valueOf(after, key) ?? '').romfile).toBe(wanted);
        if (key === 'hostpci0') expect(parseHostpci(valueOf(after, key) ?? '').hosts).toEqual([IGPU]);
      }),
    );
  });
});

function others(text: string, key: string): readonly string[] {
  return parseVmConfig(text).entries.flatMap((entry) =>
    entry.key === key ? [] : [`${entry.key}: ${entry.value}`],
  );
}

function attempt(edit: () => string): string | null {
  try {
    return edit();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigEditError);
    return null;
  }
}
