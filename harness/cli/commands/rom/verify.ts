import { Command } from 'commander';
import { notARom } from '../../../rom/not-a-rom.ts';
import { readReceipt, writeReceipt } from '../../../rom/cache/receipt.ts';
import {
  cachedDigests,
  readCachedRom,
  removeOldDrafts,
  romDigest,
  romPath,
} from '../../../rom/cache/rom-cache.ts';
import { parsePciId } from '../../../rom/pci-id.ts';
import { readRom } from '../../../rom/read.ts';
import { TEST_ROM_RECIPES } from '../../../rom/test-rom-recipes.ts';
import { writeTestRom } from '../../../rom/write.ts';
import type { ListedRom } from '../../../scenario/rom-manifests.ts';
import { cacheDir } from '../../../wire/cache-dir.ts';
import { EXIT, type ExitCode } from '../../exit-code.ts';
import { printJson } from '../../output.ts';
import { pickRoms, romLibrary } from '../../rom-library.ts';
import { printLines } from '../../rom-lines.ts';
import { romState, type RomState } from '../../rom-state.ts';

/** `ok`, but for `unpinned`: right by what was fetched, of which no manifest says that it is the release's own. */
type Verdict = 'ok' | 'unpinned' | 'missing' | 'damaged' | 'not-a-rom';

interface Checked {
  readonly ref: string;
  readonly verdict: Verdict;
  readonly sha256: string | null;
}

interface Unknown {
  readonly path: string;
  readonly verdict: 'unknown' | 'damaged';
}

/** `code43 rom verify`: reads every ROM in the cache again. 0 all right, 1 something is not, 4 there was nothing to verify. */
export function verifyCommand(): Command {
  return new Command('verify')
    .argument('[name...]', 'ROMs or manifests; all of roms/ and the whole cache if left out')
    .description(
      'Hash and read the ROMs in the cache again, and compare them with the manifests. ' +
        'Exit code: 0 all right, 1 something is damaged or, of what was named, missing, 4 nothing to verify.',
    )
    .option('--json', 'print one JSON document')
    .action(verify);
}

async function verify(words: readonly string[], { json }: { readonly json?: true }): Promise<void> {
  const library = await romLibrary();
  const picked = words.length === 0 ? library.roms : pickRoms(library, words);
  const roms: Checked[] = [];
  for (const rom of picked) {
    const state = await romState(rom, cacheDir());
    if (state.kind !== 'recipe') roms.push(await check(state));
  }
  const unknown = words.length === 0 ? await unknownFiles(library.roms, roms) : [];
  if (words.length === 0) await removeOldDrafts(cacheDir(), Date.now());
  process.exitCode = exitCode(roms, unknown, words.length > 0);
  if (json) printJson({ schema: 1, cache: cacheDir(), roms, unknown });
  else printLines(linesOf(roms, unknown));
}

async function check({ ref, url, sha256, cached }: RomState): Promise<Checked> {
  if (cached === null) return { ref, verdict: 'missing', sha256 };
  const bytes = await readCachedRom(cacheDir(), cached);
  if (!(bytes instanceof Uint8Array)) return { ref, verdict: bytes, sha256: cached };
  if (notARom(bytes, readRom(bytes)) !== null) return { ref, verdict: 'not-a-rom', sha256: cached };
  const receipt = url === null ? null : await readReceipt(cacheDir(), url);
  if (url !== null) {
    const now = new Date().toISOString();
    // A file that somebody put there by hand has no receipt yet.
    const base = receipt?.sha256 === cached ? receipt : { how: 'file' as const, fetched: now };
    const { how, fetched } = base;
    await writeReceipt(cacheDir(), {
      schema: 1,
      url,
      sha256: cached,
      size: bytes.length,
      how,
      fetched,
      verified: now,
    });
  }
  return { ref, verdict: sha256 === null ? 'unpinned' : 'ok', sha256: cached };
}

/** Files of the cache that neither a manifest nor a test ROM accounts for. */
async function unknownFiles(
  all: readonly ListedRom[],
  roms: readonly Checked[],
): Promise<readonly Unknown[]> {
  const named = new Set(roms.flatMap(({ sha256 }) => sha256 ?? []));
  const unknown: Unknown[] = [];
  for (const sha256 of await cachedDigests(cacheDir())) {
    if (named.has(sha256)) continue;
    const bytes = await readCachedRom(cacheDir(), sha256);
    const path = romPath(cacheDir(), sha256);
    if (!(bytes instanceof Uint8Array)) unknown.push({ path, verdict: 'damaged' });
    else if (!isTestRom(bytes)) unknown.push({ path, verdict: 'unknown' });
  }
  return unknown;
}

/** A test ROM is written for the device of its run, so it is known by being written anew with the ids it names. */
function isTestRom(bytes: Uint8Array): boolean {
  const [image] = readRom(bytes).images;
  const ids = image === undefined ? [] : [parsePciId(`${image.vendor}:${image.device}`)];
  const sha256 = romDigest(bytes);
  return ids.some((id) => TEST_ROM_RECIPES.some(({ name }) => romDigest(writeTestRom(name, id)) === sha256));
}

function exitCode(roms: readonly Checked[], unknown: readonly Unknown[], named: boolean): ExitCode {
  const bad: readonly Verdict[] = named ? ['damaged', 'not-a-rom', 'missing'] : ['damaged', 'not-a-rom'];
  if (roms.some(({ verdict }) => bad.includes(verdict))) return EXIT.unexpected;
  if (unknown.some(({ verdict }) => verdict === 'damaged')) return EXIT.unexpected;
  return roms.every(({ verdict }) => verdict === 'missing') ? EXIT.nothingRan : EXIT.asExpected;
}

const WORDS: Readonly<Record<Verdict, string>> = {
  ok: 'right: the digest is the manifest’s',
  unpinned: 'unchanged since it was fetched; no manifest pins it',
  missing: 'not in the cache',
  damaged: 'DAMAGED: its bytes are not what its name says; fetch it again',
  'not-a-rom': 'WRONG: it is no option ROM',
};

function linesOf(roms: readonly Checked[], unknown: readonly Unknown[]): readonly string[] {
  const present = roms.filter(({ verdict }) => verdict !== 'missing');
  const missing = roms.length - present.length;
  return [
    ...present.flatMap(({ ref, verdict, sha256 }) => [
      ref,
      `  ${WORDS[verdict]}`,
      ...(sha256 === null ? [] : [`  ${sha256}`]),
    ]),
    ...unknown.flatMap(({ path, verdict }) => [
      path,
      `  ${verdict === 'damaged' ? WORDS.damaged : 'no manifest names it'}`,
    ]),
    `${present.length} ROMs of roms/ are in the cache and were read, ${missing} are not there.`,
  ];
}
