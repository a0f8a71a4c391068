import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { knownDigest } from '../rom/cache/fetch-rom.ts';
import { readCachedRom } from '../rom/cache/rom-cache.ts';
import { parsePciId } from '../rom/pci-id.ts';
import { MAX_ROM_BYTES } from '../rom/read.ts';
import { writeTestRom } from '../rom/write.ts';
import { renderProblem } from '../scenario/render-problem.ts';
import { listRoms, type ListedRom } from '../scenario/rom-manifests.ts';
import { SourceFiles } from '../scenario/source-files.ts';
import { suggestion } from '../scenario/suggestion.ts';
import { printable } from '../text/printable.ts';
import { cacheDir } from '../wire/cache-dir.ts';
import { findProject } from './project.ts';
import { FileNotRead, readBoundedFile } from './read-bounded-file.ts';
import { asUsage, UsageError } from './usage-error.ts';

/** The ROMs that the project's manifests name. */
export interface RomLibrary {
  readonly root: string;
  readonly roms: readonly ListedRom[];
}

/** @throws UsageError with every problem of the manifests */
export async function romLibrary(root: string = findProject().root): Promise<RomLibrary> {
  const files = new SourceFiles(await realpath(root));
  const roms = await listRoms(files);
  if (files.problems.length === 0) return { root: files.root, roms };
  const shown = files.problems.map((problem) => renderProblem(problem, files.texts.get(problem.file)));
  throw new UsageError(`the ROM manifests have problems\n\n${shown.join('\n\n')}`);
}

/**
 * The ROMs that words on a command line name: a ROM's ref, or a manifest's id for all of its ROMs.
 *
 * @throws UsageError for a word that names nothing
 */
export function pickRoms({ roms }: RomLibrary, words: readonly string[]): readonly ListedRom[] {
  const picked = words.flatMap((word) => {
    const found = roms.filter(({ ref, manifest }) => ref === word || manifest.id === word);
    if (found.length > 0) return found;
    const known = roms.flatMap(({ ref, manifest }) => [ref, manifest.id]);
    const hint = suggestion(word, known) ?? 'code43 rom list shows all';
    throw new UsageError(`there is no ROM ${printable(JSON.stringify(word))} in roms/: ${hint}`);
  });
  return [...new Set(picked)];
}

/** The bytes of a ROM that a command line names. */
export interface NamedRom {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/**
 * Reads a file, or a ROM of the manifests by its ref: from the cache, or written anew if it is a test ROM.
 *
 * @throws UsageError there is neither, or the ROM is not in the cache
 */
export async function readNamedRom(word: string): Promise<NamedRom> {
  const bytes = isRef(word)
    ? await bytesOf(word)
    : await asUsage(readBoundedFile(word, MAX_ROM_BYTES), FileNotRead);
  return { name: word, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** What exists as a file is a file; a ref has no ending of its own and at least one slash. */
function isRef(word: string): boolean {
  return (
    !existsSync(word) && /^[A-Za-z0-9][A-Za-z0-9._+-]*(?:\/[A-Za-z0-9][A-Za-z0-9._+-]*){1,2}$/.test(word)
  );
}

async function bytesOf(ref: string): Promise<Uint8Array> {
  const library = await romLibrary();
  const listed = library.roms.find((rom) => rom.ref === ref);
  if (listed === undefined) {
    const hint = suggestion(
      ref,
      library.roms.map((rom) => rom.ref),
    );
    throw new UsageError(
      `there is no file ${printable(ref)}, and no ROM of that name in roms/${hint === null ? '' : `: ${hint}`}`,
    );
  }
  const { rom } = listed;
  if ('recipe' in rom) return writeTestRom(rom.recipe, parsePciId(rom.devices[0] ?? ''));
  const sha256 = await knownDigest({ ref, url: rom.url, sha256: rom.sha256 }, cacheDir());
  const bytes = sha256 === null ? 'missing' : await readCachedRom(cacheDir(), sha256);
  if (bytes instanceof Uint8Array) return bytes;
  throw new UsageError(`ROM ${ref} is ${bytes} in the cache: code43 rom fetch ${ref}`);
}
