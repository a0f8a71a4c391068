import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ManifestSchema } from '../rom/manifest.ts';
import { ManifestNotEdited, manifestText, pinned, withRom } from './manifest-edit.ts';

const ROMS = new URL('../../roms/', import.meta.url);
const FILES = readdirSync(ROMS).filter((name) => name.endsWith('.yaml') && name !== 'test.yaml');
const SHA = 'ab'.repeat(32);
const ROM = {
  name: 'n100',
  file: 'n100.rom',
  url: null,
  sha256: SHA,
  devices: ['8086:46d1'],
  note: "It's: a #note",
};

describe.each(FILES)('pinning a ROM of roms/%s', (name) => {
  const text = readFileSync(new URL(name, ROMS), 'utf8');
  const { roms } = ManifestSchema.parse(parse(text));

  it('changes the one line, whichever ROM it is, and takes away what the comment says', () => {
    for (const rom of roms) {
      if (!('sha256' in rom) || rom.sha256 !== null) continue;
      const before = text.split('\n');
      const after = pinned(text, rom.name, SHA).split('\n');
      const changed = after.filter((line, i) => line !== before[i]);
      expect(changed).toEqual([`    sha256: ${SHA}`]);
      expect(after).toHaveLength(before.length);
    }
  });

  it('is refused a second time', () => {
    const [{ name: first } = { name: '' }] = roms;
    expect(() => pinned(pinned(text, first, SHA), first, SHA)).toThrow(ManifestNotEdited);
    expect(() => pinned(text, 'no-such', SHA)).toThrow(ManifestNotEdited);
  });

  it('leaves all that was there when a ROM is added', () => {
    const added = withRom(text, ROM);
    expect(added.startsWith(text.trimEnd())).toBe(true);
    expect(ManifestSchema.parse(parse(added)).roms.at(-1)).toEqual(ROM);
    expect(() => withRom(added, ROM)).toThrow('is there already');
  });
});

const NEW = { id: 'some/v1', name: 'Some release', source: null, origin: 'o', licence: 'l', released: null };

it('keeps another comment beside a digest that was open', () => {
  const text = manifestText(NEW, { ...ROM, url: 'https://example.org/a', sha256: null }, 'c').replace(
    '# not pinned yet',
    '# ask the author',
  );
  expect(pinned(text, ROM.name, SHA)).toContain(`sha256: ${SHA} # ask the author`);
});

it('keeps the line ends of a file from Windows', () => {
  const text = manifestText(NEW, { ...ROM, url: 'https://example.org/a', sha256: null }, 'c').replaceAll(
    '\n',
    '\r\n',
  );
  expect(pinned(text, ROM.name, SHA)).toContain(`sha256: ${SHA}\r\n`);
});

it('does not add to a manifest in which another key follows the ROMs', () => {
  const text = manifestText(NEW, ROM, 'c');
  const moved = `${text.replace('released: null\n', '')}released: null\n`;
  expect(() => withRom(moved, { ...ROM, name: 'b', file: 'b.rom' })).toThrow(ManifestNotEdited);
});

it('writes a manifest that says exactly what was meant, whatever its texts are', () => {
  const text = fc
    .string({ minLength: 1, maxLength: 60, unit: 'grapheme' })
    .filter((value) => value.trim() !== '');
  fc.assert(
    fc.property(text, text, text, (name, origin, note) => {
      const written = manifestText({ ...NEW, name, origin }, { ...ROM, note }, 'by a test');
      const read = ManifestSchema.parse(parse(written));
      return read.name === name && read.origin === origin && read.roms[0]?.note === note;
    }),
    { numRuns: 300 },
  );
});
