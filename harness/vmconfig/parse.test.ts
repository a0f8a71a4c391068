import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from './any-text.fixture.ts';
import { parseVmConfig, valueOf } from './parse.ts';

function problems(text: string): readonly string[] {
  return parseVmConfig(text).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('parseVmConfig', () => {
  it('reads key, value and where the value stands', () => {
    const config = parseVmConfig('# a note\n\nagent: 1\nargs:   -set device.hostpci0.addr=0x02.0  \n');
    expect(config.problems).toEqual([]);
    expect(config.entries).toEqual([
      { key: 'agent', value: '1', line: 3, column: 8 },
      { key: 'args', value: '-set device.hostpci0.addr=0x02.0', line: 4, column: 9 },
    ]);
  });

  it('reads CRLF like LF', () => {
    expect(parseVmConfig('agent: 1\r\ncores: 2\r\n').entries).toEqual(
      parseVmConfig('agent: 1\ncores: 2\n').entries,
    );
  });

  it('reads the value after a colon without a space, and keeps colons in it', () => {
    expect(valueOf(parseVmConfig('hostpci0:0000:00:02.0,pcie=1'), 'hostpci0')).toBe('0000:00:02.0,pcie=1');
  });

  it('takes only the main section, and tells what is pending and which snapshots there are', () => {
    const text =
      'cores: 2\nvga: std\nname: a\n\n[pending]\ncores: 4\ndelete: vga,!x\nmachine: q35\nname: b\n\n[clean]\ncores: 8\n[-]\nx\n';
    const config = parseVmConfig(text);
    expect(config.entries.map(({ key, value }) => `${key} ${value}`)).toEqual([
      'cores 2',
      'vga std',
      'name a',
    ]);
    expect(config.problems).toEqual([]);
    expect(config.notes.map(({ line, message }) => `${line} ${message}`)).toEqual([
      '6 cores is "2" until the VM is stopped, then "4": pending',
      '8 machine is not set until the VM is stopped, then "q35": pending',
      '7 vga is "std" until the VM is stopped, then removed: pending',
      '9 also pending: name',
      '11 snapshots, not looked at: clean',
      '13 Proxmox skips the section "-"',
    ]);
  });

  it('takes the last of a key that stands twice, as Proxmox does, and says so', () => {
    const text = 'cores: 2\nmemory: 512\ncores: 4\n';
    expect(valueOf(parseVmConfig(text), 'cores')).toBe('4');
    expect(problems(text)).toEqual(['3:1 cores stands twice, first in line 1; Proxmox takes the last']);
  });

  it.each([
    ['no key here', '1:1 not a config line: "no key here"'],
    [' cores: 2', '1:1 not a config line: " cores: 2"'],
    ['Cores: 2', '1:1 not a config line: "Cores: 2"'],
    ['cores:', '1:7 cores has no value'],
    ['cores: 2\0', '1:9 control character in "2\\u{0}"'],
    ['delete: net0', '1:1 Proxmox knows "delete" only in the section [PENDING]'],
    ['args: -x snapstate: delete', '1:1 Proxmox takes a line that ends so for a snapshot state and drops it'],
  ])('finds what is wrong with %j', (text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });

  it('bounds the text, its lines and its problems', () => {
    expect(problems(`args: ${'a'.repeat(20_000)}\n`)).toEqual([
      '1:1 the line is 20006 characters long; at most 16384 are read',
    ]);
    expect(parseVmConfig('a'.repeat(300_000)).problems).toHaveLength(1);
    expect(parseVmConfig('?\n'.repeat(1000)).problems).toHaveLength(100);
  });

  it('never throws, and gives one-line values that stand where it says', () => {
    const line = fc.oneof(
      anyText,
      fc
        .tuple(fc.constantFrom('cores', 'args', 'hostpci0', '[x]', '#'), fc.string())
        .map((parts) => parts.join(': ')),
    );
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), (lines, end) => {
        const text = lines.join(end);
        for (const { key, value, line: number, column } of parseVmConfig(text).entries) {
          const source = text.split('\n')[number - 1] ?? '';
          expect(source.startsWith(`${key}:`)).toBe(true);
          expect(source.slice(column - 1, column - 1 + value.length)).toBe(value);
          expect(value).toMatch(/^[^\0-\x08\n-\x1f]+$/);
        }
      }),
    );
  });
});
