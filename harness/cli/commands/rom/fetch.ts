import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { fetchRom } from '../../../rom/cache/fetch-rom.ts';
import { RomRefused } from '../../../rom/cache/rom-refused.ts';
import { MAX_ROM_BYTES } from '../../../rom/read.ts';
import { ManifestNotEdited, pinned } from '../../../scenario/manifest-edit.ts';
import { cellRom } from '../../../scenario/roms.ts';
import type { ListedRom } from '../../../scenario/rom-manifests.ts';
import { writeAtomically } from '../../../wire/atomic-file.ts';
import { cacheDir } from '../../../wire/cache-dir.ts';
import { DownloadFailed } from '../../../wire/download-failed.ts';
import { EXIT } from '../../exit-code.ts';
import { interruptible } from '../../interrupt.ts';
import { printJson } from '../../output.ts';
import { FileNotRead, readBoundedFile } from '../../read-bounded-file.ts';
import { fetchExitCode, fetchJson, type FetchOutcome, reportFetch } from '../../rom-fetch-report.ts';
import { pickRoms, romLibrary } from '../../rom-library.ts';
import { romProgress } from '../../rom-progress.ts';
import { asUsage, UsageError } from '../../usage-error.ts';

interface Options {
  readonly all?: true;
  readonly from?: string;
  readonly pin?: true;
  readonly again?: true;
  readonly json?: true;
}

/** `code43 rom fetch`: 0 all are here, 1 a file was refused, 3 one did not arrive, 4 nothing to fetch, 130 stopped. */
export function fetchCommand(): Command {
  return new Command('fetch')
    .argument('[name...]', 'ROMs, or manifests for all of their ROMs')
    .description(
      'Download ROMs of roms/ into the cache. A pinned one must have its digest; of one that is not pinned the digest ' +
        'is shown, and --pin writes it down. A download that breaks off goes on where it was.',
    )
    .option('--all', 'every ROM of roms/ that can be downloaded')
    .option('--from <file>', 'take this file in place of a download, for a machine that is offline')
    .option('--pin', 'write the digest into the manifest of a ROM that is not pinned')
    .option('--again', 'download it even if it is in the cache')
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(fetchRoms);
}

const HELP = `
Exit codes:
    0  all of them are in the cache
    1  a file was refused: it is no ROM, or not the one that is pinned
    2  the command line is wrong; nothing was fetched
    3  a file did not arrive
    4  there was nothing to fetch
  130  stopped by Ctrl-C; what had arrived is kept for the next time`;

async function fetchRoms(words: readonly string[], options: Options): Promise<void> {
  const library = await romLibrary();
  const roms = wanted(
    words.length === 0 && options.all ? library.roms : pickRoms(library, words),
    words,
    options,
  );
  const given =
    options.from === undefined
      ? {}
      : { given: await asUsage(readBoundedFile(options.from, MAX_ROM_BYTES), FileNotRead) };
  const interrupt = interruptible();
  const outcomes: FetchOutcome[] = [];
  try {
    for (const rom of roms) {
      const again = options.again ? { again: true } : {};
      outcomes.push(await fetchOne(rom, { ...given, ...again }, options, interrupt.signal));
      if (interrupt.signal.aborted) break;
    }
  } finally {
    interrupt.release();
  }
  process.exitCode = interrupt.signal.aborted ? EXIT.interrupted : fetchExitCode(outcomes);
  if (options.json) printJson({ schema: 1, roms: outcomes.map(fetchJson) });
  else for (const outcome of outcomes) reportFetch(outcome, library.root);
}

/** Only what can be fetched: a test ROM is written when it is needed. */
function wanted(
  picked: readonly ListedRom[],
  words: readonly string[],
  { all, from }: Options,
): readonly ListedRom[] {
  if (words.length === 0 && all === undefined)
    throw new UsageError('which ROM? Give its name (code43 rom list shows all), or --all');
  if (words.length > 0 && all) throw new UsageError('give names or --all, not both');
  if (from !== undefined && picked.length !== 1)
    throw new UsageError(`--from gives one file for one ROM; ${picked.length} ROMs are named`);
  const byHand = picked.filter(({ rom }) => 'url' in rom && rom.url === null);
  if (words.length > 0 && from === undefined && byHand.length > 0)
    throw new UsageError(`${byHand[0]?.ref ?? ''} has no url: give the file with --from <file>`);
  const made = picked.filter(({ rom }) => 'recipe' in rom);
  if (words.length > 0 && made.length === picked.length && made.length > 0)
    throw new UsageError(`${made[0]?.ref ?? ''} is a test ROM: code43 writes it itself when it is needed`);
  return picked.filter(({ rom }) => 'url' in rom && (rom.url !== null || from !== undefined));
}

async function fetchOne(
  listed: ListedRom,
  how: { readonly given?: Uint8Array; readonly again?: boolean },
  { pin }: Options,
  signal: AbortSignal,
): Promise<FetchOutcome> {
  const { ref } = listed;
  const source = cellRom(listed);
  const progress = romProgress(ref, process.stderr);
  try {
    const fetched = await fetchRom(source, {
      cacheDir: cacheDir(),
      ...how,
      download: { signal, progress: progress.update },
    });
    const open = source.sha256 === null;
    return { listed, fetched, open, pinnedAt: open && pin ? await pinIt(listed, fetched.sha256) : null };
  } catch (error) {
    if (error instanceof DownloadFailed || error instanceof RomRefused) return { listed, error };
    throw error;
  } finally {
    progress.end();
  }
}

async function pinIt({ path, rom, ref }: ListedRom, sha256: string): Promise<string> {
  try {
    await writeAtomically(path, pinned(await readFile(path, 'utf8'), rom.name, sha256));
    return path;
  } catch (error) {
    if (!(error instanceof ManifestNotEdited)) throw error;
    throw new UsageError(`cannot pin ${ref} in ${path}: ${error.message}. Write sha256: ${sha256} yourself`);
  }
}
