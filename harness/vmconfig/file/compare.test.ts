import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareConfigs } from './compare.ts';
import { canonicalConfig } from './canonical.ts';
import { configText } from './config-text.fixture.ts';
import { mainOf } from './contents.ts';
import { readConfigFile } from './read-file.ts';

function differences(from: string, to: string): readonly string[] {
  const [a, b] = [mainOf(readConfigFile(from)), mainOf(readConfigFile(to))];
  return compareConfigs(a, b).flatMap(({ key, from: was, to: is, parts }) =>
    parts.length === 0
      ? [`${key}: ${was} → ${is}`]
      : parts.map((part) => `${key} ${part.name}: ${part.from} → ${part.to}`),
  );
}

describe('compareConfigs', () => {
  it.each([
    ['hostpci0: 00:02.0,pcie=1,x-vga=on', 'hostpci0: x-vga=1,pcie=true,host=0000:00:02.0'],
    ['numa: on\ncores: 2', 'cores:  02\r\nnuma: 1\r\n'],
    ['cpu: host,hidden=1', 'cpu: hidden=1,cputype=host'],
    ['args: -set device.hostpci0.a=1 -x', "args: -x  -set 'device.hostpci0.a=1'"],
    ['args: -set device.hostpci0.a=1 -set device.hostpci0.a=2', 'args: -set device.hostpci0.a=2'],
    ['scsi0: local:a,discard=on', 'scsi0: discard=1,file=local:a'],
    ['parent: a\nbios: "ovmf"', 'bios: ovmf'],
    ['#a%3A', 'description: a:'],
    ['cdrom: none', 'ide2: none'],
  ])('finds %j and %j the same', (from, to) => {
    expect(differences(from, to)).toEqual([]);
    expect(differences(to, from)).toEqual([]);
  });

  it.each([
    ['cores: 1', 'cores: 2', ['cores: 1 → 2']],
    ['memory: 512', 'memory: current=640', ['memory: 512 → current=640']],
    ['vga: std', '', ['vga: std → null']],
    [
      'hostpci0: 00:02.0,romfile=a',
      'hostpci0: 00:02.0,rombar=1',
      ['hostpci0 romfile: a → null', 'hostpci0 rombar: null → 1'],
    ],
    [
      'args: -set device.hostpci0.a=1 -append x -y',
      'args: -set device.hostpci0.a=2 -append z',
      ['args -set device.hostpci0.a: 1 → 2', 'args -append: x → z', 'args -y:  → null'],
    ],
    ['args: -a -b', 'args: -b -a', ['args order of the options: -a -b → -b -a']],
    ["args: -a 'b c'", 'args: -a b c', ["args -a: 'b c' → b c"]],
    ["args: -a '", 'args: -a', ["args: -a ' → -a"]],
    ['#a', '#b', ['description: a → b']],
  ])('tells %j from %j', (from, to, found) => {
    expect(differences(from, to)).toEqual(found);
  });

  it('finds any config the same as its canonical form, and two of them as different either way round', () => {
    fc.assert(
      fc.property(configText, configText, (a, b) => {
        expect(differences(a, canonicalConfig(readConfigFile(a)))).toEqual([]);
        expect(differences(a, b).length).toBe(differences(b, a).length);
      }),
      { numRuns: 500 },
    );
  });
});
