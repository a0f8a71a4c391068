import { Command } from 'commander';
import { cacheDir } from '../../../wire/cache-dir.ts';
import { EXIT } from '../../exit-code.ts';
import { printJson } from '../../output.ts';
import { pickRoms, romLibrary } from '../../rom-library.ts';
import { printLines } from '../../rom-lines.ts';
import { romState, type RomState } from '../../rom-state.ts';

/** `code43 rom list`: every ROM of `roms/`, and what of it is in the cache. Reads no ROM. */
export function listCommand(): Command {
  return new Command('list')
    .argument('[name...]', 'ROMs or manifests; all of roms/ if left out')
    .description(
      'List the ROMs of roms/: for which devices, pinned or not, in the cache or not, verified when.',
    )
    .option('--json', 'print one JSON document')
    .action(list);
}

async function list(words: readonly string[], { json }: { readonly json?: true }): Promise<void> {
  const library = await romLibrary();
  const picked = words.length === 0 ? library.roms : pickRoms(library, words);
  const roms = await Promise.all(picked.map((rom) => romState(rom, cacheDir())));
  process.exitCode = EXIT.asExpected;
  if (json) {
    printJson({ schema: 1, cache: cacheDir(), roms });
    return;
  }
  printLines(
    roms.flatMap((rom, i) => {
      const id = picked[i]?.manifest.id ?? '';
      return picked[i - 1]?.manifest.id === id ? [row(rom)] : [id, row(rom)];
    }),
  );
  const here = roms.filter(({ cached }) => cached !== null).length;
  const made = roms.filter(({ kind }) => kind === 'recipe').length;
  printLines(['', `${roms.length} ROMs: ${here} in the cache, ${made} written here when needed.`]);
}

/** A name is never cut, since it is there to be copied. */
function row(rom: RomState): string {
  const columns = [rom.name.padEnd(30), devicesOf(rom).padEnd(9), pinOf(rom).padEnd(15), placeOf(rom)];
  return `  ${columns.join(' ')}`.trimEnd();
}

function devicesOf({ devices }: RomState): string {
  const [first = ''] = devices;
  return devices.length === 1 ? first : `${devices.length} ids`;
}

function pinOf({ kind, sha256 }: RomState): string {
  if (kind === 'recipe') return 'written here';
  return sha256 === null ? 'not pinned' : `pinned ${sha256.slice(0, 8)}`;
}

function placeOf({ kind, cached, verified }: RomState): string {
  if (kind === 'recipe') return '';
  if (cached === null) return kind === 'by-hand' ? 'not here, no url' : 'not here';
  return verified === null ? 'here, unverified' : `here, ok ${verified.slice(0, 10)}`;
}
