import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { N100 } from '../n100.fixture.ts';
import { canonicalConfig } from './canonical.ts';
import type { ConfigFile } from './config-file.ts';
import { configText } from './config-text.fixture.ts';
import { type Contents, contentsOf, sectionsOf } from './contents.ts';
import { lossesOf } from './losses.ts';
import { readConfigFile } from './read-file.ts';
import { settingValue } from './settings.ts';

const canonical = (text: string): string => canonicalConfig(readConfigFile(text));

describe('canonicalConfig', () => {
  it('sorts keys and sections, and spells values, as Proxmox does', () => {
    const text = [
      '[zz]\r\n[clean]\nsnaptime: 01\nsnapstate: delete\n[special:fleecing]\nfleecing-images: a\n',
      '[special:cloudinit]\ncdrom: x\n[pending]\nvga: none\ndelete: net0\n#\n',
    ].join('');
    expect(canonical(`numa: on\nide20: x\nide2: b\nscsi0:  y  \nargs: "a b"\nbios: "ovmf"\n${text}`)).toBe(
      'args: "a b"\nbios: ovmf\nide2: b\nnuma: 1\nscsi0: y\n' +
        '\n[PENDING]\n#\ndelete: net0\nvga: none\n' +
        '\n[special:cloudinit]\ncdrom: x\n\n[special:fleecing]\nfleecing-images: a\n' +
        '\n[clean]\nsnapstate: delete\nsnaptime: 1\n\n[zz]\n',
    );
  });

  it('writes the description first, with controls, other scripts, ":" and "%" escaped', () => {
    expect(canonical('cores: 2\n#a: ä\n#\ndescription:  b%25%0Ac%zz \n# \n')).toBe(
      '#a%3A %C3%A4\n#\n#b%25\n#c%25zz\ncores: 2\n',
    );
  });

  it('takes the last of a key, and cdrom for ide2', () => {
    expect(canonical('ide2: a\ncores: 1\ncdrom: b\ncores: 2\n')).toBe('cores: 2\nide2: b\n');
  });

  it('leaves a value quoted that would be read as something else without', () => {
    const text = 'bios: ""\nkeyboard: ""x""\nlock: "x snapstate: delete"\n';
    expect(canonical(text)).toBe(text);
  });

  it('leaves out a pending section without changes, but keeps an empty snapshot', () => {
    expect(canonical('cores: 1\n\n[PENDING]\n\n[clean]\n')).toBe('cores: 1\n\n[clean]\n');
  });

  it('leaves what is written so as it is', () => {
    expect(canonical(N100)).toBe(N100);
    expect(lossesOf(readConfigFile(N100))).toEqual([]);
  });

  it('changes nothing of what Proxmox reads, loses nothing more the second time, and is then the same', () => {
    fc.assert(
      fc.property(configText, (text) => {
        const file = readConfigFile(text);
        const written = canonicalConfig(file);
        const again = readConfigFile(written);
        expect(reading(again)).toEqual(reading(file));
        expect(lossesOf(again)).toEqual([]);
        expect(canonicalConfig(again)).toBe(written);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** All that Proxmox takes from a config. */
function reading(file: ConfigFile): unknown {
  return (['main', 'pending', 'special', 'snapshot'] as const).map((kind) =>
    sectionsOf(file, kind)
      .map((section) => ({
        name: kind === 'pending' ? '' : section.name,
        ...values(contentsOf(section), kind === 'special', kind === 'pending'),
      }))
      // Proxmox writes no pending section without changes.
      .filter(({ description, entries }) => kind !== 'pending' || description !== null || entries.length > 0),
  );
}

function values({ description, entries }: Contents, raw: boolean, emptyCounts: boolean) {
  return {
    description: emptyCounts ? description : description || null,
    entries: [...entries]
      .map(([key, { value }]) => `${key}: ${raw ? value : settingValue(key, value)}`)
      .sort(),
  };
}
