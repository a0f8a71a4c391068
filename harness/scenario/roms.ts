import type { CellRom } from './cell.ts';
import { listRoms, type ListedRom } from './rom-manifests.ts';
import type { SourceFiles } from './source-files.ts';

/** Loads the manifests in `roms/`: every ROM by the name that scenarios give it, and `none`. */
export async function loadRoms(files: SourceFiles): Promise<ReadonlyMap<string, CellRom>> {
  const listed = await listRoms(files);
  return new Map<string, CellRom>([
    ['none', { ref: 'none' }],
    ...listed.map((rom) => [rom.ref, cellRom(rom)] as const),
  ]);
}

/** A ROM of a manifest as cells have it. */
export function cellRom({ ref, rom }: ListedRom): Exclude<CellRom, { readonly ref: 'none' }> {
  const made = 'recipe' in rom;
  return {
    ref,
    file: rom.file,
    sha256: made ? null : rom.sha256,
    url: made ? null : rom.url,
    recipe: made ? rom.recipe : null,
  };
}
