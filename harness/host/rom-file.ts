import { knownDigest } from '../rom/cache/fetch-rom.ts';
import { readCachedRom, romDigest, romPath } from '../rom/cache/rom-cache.ts';
import type { RomFacts } from '../rom/facts.ts';
import { parsePciId } from '../rom/pci-id.ts';
import { readRom } from '../rom/read.ts';
import { isTestRomRecipe } from '../rom/test-rom-recipes.ts';
import { writeTestRom } from '../rom/write.ts';
import type { CellRom } from '../scenario/cell.ts';
import { writeAtomically } from '../wire/atomic-file.ts';

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
 * @throws {RomUnavailable} a download that is not in the cache, or damaged there; an unknown recipe
 */
export async function findRom(
  rom: CellRom,
  options: RomOptions,
): Promise<(RomFile & { readonly bytes: Uint8Array }) | null> {
  if (!('file' in rom)) return null;
  const bytes =
    rom.recipe === null ? await readDownload(rom, options) : writeRecipe(rom, rom.recipe, options);
  const sha256 = romDigest(bytes);
  return { path: romPath(options.cacheDir, sha256), sha256, facts: readRom(bytes), bytes };
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
  if (!((await readCachedRom(options.cacheDir, file.sha256)) instanceof Uint8Array))
    await writeAtomically(file.path, bytes);
  return file;
}

type GivenRom = Extract<CellRom, { readonly file: string }>;

async function readDownload(rom: GivenRom, options: RomOptions): Promise<Uint8Array> {
  const sha256 = await digestOf(rom, options);
  const bytes = await readCachedRom(options.cacheDir, sha256);
  if (bytes instanceof Uint8Array) return bytes;
  const get = `code43 rom fetch ${rom.ref}${rom.url === null ? ' --from <file>' : ''}`;
  const said = bytes === 'missing' ? 'is not in the cache' : 'is damaged in the cache';
  throw new RomUnavailable(rom.ref, `${said} (sha256 ${sha256}): ${get}`);
}

/**
 * The digest that an unpinned ROM had when this process first asked. Kept, so that what a trace states is what was run,
 * even if somebody fetches another version meanwhile.
 */
const resolved = new Map<string, string>();

async function digestOf(rom: GivenRom, { cacheDir }: RomOptions): Promise<string> {
  if (rom.sha256 !== null) return rom.sha256;
  const key = JSON.stringify([cacheDir, rom.url]);
  const sha256 = resolved.get(key) ?? (await knownDigest(rom, cacheDir));
  if (sha256 === null)
    throw new RomUnavailable(
      rom.ref,
      `is not pinned and was never fetched here: code43 rom fetch ${rom.ref}`,
    );
  resolved.set(key, sha256);
  return sha256;
}

function writeRecipe(rom: GivenRom, recipe: string, { deviceId }: RomOptions): Uint8Array {
  if (!isTestRomRecipe(recipe))
    throw new RomUnavailable(rom.ref, `has an unknown recipe, ${JSON.stringify(recipe)}`);
  return writeTestRom(recipe, parsePciId(deviceId));
}
