import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ManifestSchema, romRef } from './manifest.ts';
import { TEST_ROM_RECIPES } from './test-rom-recipes.ts';

const FOLDER = new URL('../../roms/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

function manifest(rom: Record<string, unknown>): unknown {
  return {
    id: 'some/v1',
    name: 'Some release',
    source: null,
    origin: 'Somebody',
    licence: 'unknown',
    released: null,
    roms: [
      {
        name: 'a',
        file: 'a.rom',
        url: 'https://example.org/a.rom',
        sha256: null,
        devices: ['8086:46d1'],
        ...rom,
      },
    ],
  };
}

describe.each(FILES)('roms/%s', (name) => {
  const read = ManifestSchema.parse(parse(readFileSync(new URL(name, FOLDER), 'utf8')));

  it('is a manifest whose file is named for its id', () => {
    expect(name).toBe(`${read.id.replaceAll('/', '-')}.yaml`);
  });

  it('takes its files from its own release', () => {
    const urls = read.roms.flatMap((rom) => ('url' in rom ? (rom.url ?? []) : []));
    const release = read.source?.release?.replace('/tag/', '/download/');
    if (release !== undefined) for (const url of urls) expect(url.startsWith(`${release}/`)).toBe(true);
  });
});

it('has one test ROM for every recipe', () => {
  const test = ManifestSchema.parse(parse(readFileSync(new URL('test.yaml', FOLDER), 'utf8')));
  expect(test.roms.map((rom) => 'recipe' in rom && rom.recipe)).toEqual(
    TEST_ROM_RECIPES.map(({ name }) => name),
  );
  expect(test.roms.map((rom) => romRef(test, rom))).toContain('test/good');
});

describe('a manifest', () => {
  it('may leave a digest open', () => {
    expect(ManifestSchema.safeParse(manifest({})).success).toBe(true);
  });

  it.each([
    ['a path', { file: '../../etc/passwd' }],
    ['a second property', { file: 'a.rom,x-vga=1' }],
    ['a separator', { file: 'a;b.rom' }],
    ['an option', { file: '-a.rom' }],
    ['a hidden file', { file: '.a.rom' }],
    ['a line end', { file: 'a.rom\n' }],
    ['no encryption', { url: 'http://example.org/a.rom' }],
    ['half a digest', { sha256: 'abcd' }],
    ['a digest in upper case', { sha256: 'A'.repeat(64) }],
    ['an id in another form', { devices: ['0x8086:0x46d1'] }],
    ['no device', { devices: [] }],
    ['an unknown key', { checksum: 'x' }],
    ['both a link and a recipe', { recipe: 'good' }],
  ])('is refused with %s', (_, rom) => {
    expect(ManifestSchema.safeParse(manifest(rom)).success).toBe(false);
  });

  it('is refused if two ROMs share a name', () => {
    const one = ManifestSchema.parse(manifest({}));
    const [rom] = one.roms;
    const { error } = ManifestSchema.safeParse({ ...one, roms: [rom, { ...rom, file: 'b.rom' }] });
    expect(error?.issues.map(({ message, path }) => [message, path])).toEqual([
      ['Two ROMs share one name', ['roms']],
    ]);
  });
});
