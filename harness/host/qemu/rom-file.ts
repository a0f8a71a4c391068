import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RomFacts } from '../../rom/facts.ts';
import { parsePciId } from '../../rom/pci-id.ts';
import { MAX_ROM_BYTES, readRom } from '../../rom/read.ts';
import { isTestRomRecipe } from '../../rom/test-rom-recipes.ts';
import { writeTestRom } from '../../rom/write.ts';
import type { CellRom } from '../../scenario/cell.ts';
import { writeAtomically } from '../../wire/atomic-file.ts';

/** A ROM on this machine, named by what is in it. */
export interface RomFile {
  readonly path: string;
  readonly sha256: string;
  readonly facts: RomFacts;
}

/** The ROM of a cell cannot be given to a VM here; the message says why and what to do. */
export class RomUnavailable extends Error {
  override readonly name = 'RomUnavailable';
  /** What stands for its path where a command is only shown. */
  readonly placeholder: string;

  constructor(ref: string, why: string) {
    super(`ROM ${ref} ${why}`);
    this.placeholder = `<ROM ${ref}>`;
  }
}

export interface RomOptions {
  /** The device it is for, `vendor:device`. */
  readonly deviceId: string;
  readonly cacheDir: string;
}

/**
 * Finds or makes the ROM of a cell; nothing is written yet. Null: the cell gives none.
 *
 * @throws {RomUnavailable} a download that is not pinned, not in the cache, or not what was pinned; an unknown recipe
 */
export async function findRom(
  rom: CellRom,
  options: RomOptions,
): Promise<(RomFile & { readonly bytes: Uint8Array }) | null> {
  if (!('file' in rom)) return null;
  const bytes =
    rom.recipe === null ? await readDownload(rom, options) : writeRecipe(rom, rom.recipe, options);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (rom.sha256 !== null && rom.sha256 !== sha256) {
    throw new RomUnavailable(rom.ref, `is not what was pinned: sha256 ${sha256} instead of ${rom.sha256}`);
  }
  return { path: cached(sha256, options), sha256, facts: readRom(bytes), bytes };
}

/**
 * Puts the ROM of a cell where QEMU can open it, in a file named by its digest.
 *
 * @throws {RomUnavailable} see `findRom`
 */
export async function placeRom(rom: CellRom, options: RomOptions): Promise<RomFile | null> {
  const found = await findRom(rom, options);
  if (found === null) return null;
  const { bytes, ...file } = found;
  const there = await readFile(file.path).catch(() => null);
  if (there === null || !there.equals(bytes)) await writeAtomically(file.path, bytes);
  return file;
}

type GivenRom = Extract<CellRom, { readonly file: string }>;

async function readDownload(rom: GivenRom, options: RomOptions): Promise<Uint8Array> {
  if (rom.sha256 === null || !/^[0-9a-f]{64}$/.test(rom.sha256)) {
    throw new RomUnavailable(rom.ref, 'is not pinned by a sha256 yet, so nobody could say which bytes ran');
  }
  const path = cached(rom.sha256, options);
  const bytes = await readFile(path).catch(() => null);
  if (bytes !== null && bytes.length <= MAX_ROM_BYTES) return bytes;
  const from = rom.url === null ? '' : ` (it comes from ${rom.url})`;
  throw new RomUnavailable(rom.ref, `is not in the cache: put it at ${path}${from}`);
}

function writeRecipe(rom: GivenRom, recipe: string, { deviceId }: RomOptions): Uint8Array {
  if (!isTestRomRecipe(recipe))
    throw new RomUnavailable(rom.ref, `has an unknown recipe, ${JSON.stringify(recipe)}`);
  return writeTestRom(recipe, parsePciId(deviceId));
}

function cached(sha256: string, { cacheDir }: RomOptions): string {
  return join(cacheDir, 'roms', `${sha256}.rom`);
}
