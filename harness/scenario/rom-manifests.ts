import path from 'node:path';
import { type Manifest, type ManifestRom, ManifestSchema, romRef } from '../rom/manifest.ts';
import type { LoadedFile, SourceFiles } from './source-files.ts';
import { yamlFilesBelow } from './yaml-files.ts';

/** A ROM that a manifest in `roms/` names, and where it stands. */
export interface ListedRom {
  /** What scenarios call it: `<manifest id>/<rom name>`. */
  readonly ref: string;
  readonly rom: ManifestRom;
  /** Its place in `roms:` of the manifest, from 0. */
  readonly index: number;
  readonly manifest: Manifest;
  /** Absolute path of the manifest. */
  readonly path: string;
  readonly document: LoadedFile<Manifest>['document'];
}

/** Reads every manifest in `roms/`, and lists its ROMs in order. Problems go to `files`; a name that is taken is one. */
export async function listRoms(files: SourceFiles): Promise<readonly ListedRom[]> {
  const listed = new Map<string, ListedRom>();
  for (const file of await yamlFilesBelow(path.join(files.root, 'roms'))) {
    const manifest = await files.load(file, ManifestSchema, ([first]) => first === 'released');
    if (manifest === null) continue;
    const { value, document } = manifest;
    for (const [index, rom] of value.roms.entries()) {
      const ref = romRef(value, rom);
      if (listed.has(ref)) {
        const place = document.at(['roms', index, 'name']);
        const message = `the ROM "${ref}" is already in another manifest`;
        files.problems.push({ file: document.file, ...place, message, hint: null });
        continue;
      }
      listed.set(ref, { ref, rom, index, manifest: value, path: file, document });
    }
  }
  return [...listed.values()];
}
