import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { ManifestSchema, romRef } from '../rom/manifest.ts';
import { KNOWN_ROMS } from './known-roms.ts';

const ROMS = new URL('../../roms/', import.meta.url);
const LISTED = readdirSync(ROMS)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ManifestSchema.parse(parse(readFileSync(new URL(name, ROMS), 'utf8'))))
  .flatMap((manifest) => manifest.roms.map((rom) => ({ ref: romRef(manifest, rom), ...rom })));

it.each(KNOWN_ROMS)('$ref is the ROM of that name in roms/, with the same file and digest', (known) => {
  const listed = LISTED.find(({ ref }) => ref === known.ref);
  // After `rom fetch --pin` the digest belongs into known-roms.ts as well: what a browser shows reads no YAML.
  expect(listed).toMatchObject({ file: known.file, sha256: known.sha256 });
});
