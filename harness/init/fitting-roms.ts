import { igpuFamily } from '../igpu/families.ts';
import { romsOfFamily } from '../igpu/family-roms.ts';
import { knownRom } from '../igpu/known-roms.ts';
import type { ListedRom } from '../scenario/rom-manifests.ts';

/**
 * The ROMs of `roms/` that name an iGPU, by the names that scenarios give them, best first: the one that somebody
 * reported to work, then those of its family. ROMs made for tests are none.
 *
 * @param id `8086:46d1`
 */
export function fittingRoms(id: string, listed: readonly ListedRom[]): readonly string[] {
  const there = listed
    .filter(({ rom }) => !('recipe' in rom) && rom.devices.includes(id))
    .map(({ ref }) => ref);
  const family = igpuFamily(id);
  const known = knownRom(id)?.ref;
  const wanted = [
    ...(known === undefined ? [] : [known]),
    ...(family === null ? [] : romsOfFamily(family.code)),
  ];
  return [...new Set([...wanted.filter((ref) => there.includes(ref)), ...there])];
}
