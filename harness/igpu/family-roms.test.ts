import { readdirSync, readFileSync } from 'node:fs';
import { expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { ManifestSchema, romRef } from '../rom/manifest.ts';
import { IGPU_FAMILIES } from './families.ts';
import { romsOfFamily, ROM_WITHOUT_GOP } from './family-roms.ts';

const ROMS = new URL('../../roms/', import.meta.url);
const LISTED = new Map(
  readdirSync(ROMS)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ManifestSchema.parse(parse(readFileSync(new URL(name, ROMS), 'utf8'))))
    .flatMap((manifest) => manifest.roms.map((rom) => [romRef(manifest, rom), rom.devices] as const)),
);

it.each(IGPU_FAMILIES)('the ROMs for $codename are in roms/ and name a device of it', ({ code, devices }) => {
  for (const ref of romsOfFamily(code)) {
    expect(devices.split(' ').some((id) => LISTED.get(ref)?.includes(`8086:${id}`))).toBe(true);
  }
});

test('every ROM that names devices is reached from a family, but for those for all', () => {
  const reached = new Set(IGPU_FAMILIES.flatMap(({ code }) => romsOfFamily(code)));
  const rest = [...LISTED.keys()].filter((ref) => !ref.startsWith('test/') && !reached.has(ref));
  expect(rest).toEqual([ROM_WITHOUT_GOP, 'intel6-14rom/v2.0-20250622-100999/6-14-qemu10']);
});
