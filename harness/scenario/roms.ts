import path from 'node:path';
import { ManifestSchema, romRef, type Manifest } from '../rom/manifest.ts';
import type { CellRom } from './cell.ts';
import type { LoadedFile, SourceFiles } from './source-files.ts';
import { yamlFilesBelow } from './yaml-files.ts';

/** Loads the manifests in `roms/`: every ROM by the name that scenarios give it, and `none`. */
export async function loadRoms(files: SourceFiles): Promise<ReadonlyMap<string, CellRom>> {
  const roms = new Map<string, CellRom>([['none', { ref: 'none' }]]);
  for (const file of await yamlFilesBelow(path.join(files.root, 'roms'))) {
    const manifest = await files.load(file, ManifestSchema, ([first]) => first === 'released');
    if (manifest !== null) addManifest(manifest, roms, files);
  }
  return roms;
}

function addManifest(
  { value, document }: LoadedFile<Manifest>,
  roms: Map<string, CellRom>,
  files: SourceFiles,
): void {
  for (const [index, rom] of value.roms.entries()) {
    const ref = romRef(value, rom);
    if (roms.has(ref)) {
      const place = document.at(['roms', index, 'name']);
      const message = `the ROM "${ref}" is already in another manifest`;
      files.problems.push({ file: document.file, ...place, message, hint: null });
      continue;
    }
    const made = 'recipe' in rom;
    roms.set(ref, {
      ref,
      file: rom.file,
      sha256: made ? null : rom.sha256,
      url: made ? null : rom.url,
      recipe: made ? rom.recipe : null,
    });
  }
}
