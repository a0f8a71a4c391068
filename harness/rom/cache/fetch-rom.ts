import { DownloadFailed } from '../../wire/download-failed.ts';
import { download, type DownloadOptions } from '../../wire/download.ts';
import type { RomFacts } from '../facts.ts';
import { notARom } from '../not-a-rom.ts';
import { MAX_ROM_BYTES, readRom } from '../read.ts';
import { dropPartial, loadPartial, savePartial } from './partial.ts';
import { readReceipt, writeReceipt } from './receipt.ts';
import { putRom, readCachedRom, romDigest, romPath } from './rom-cache.ts';
import { keepAside, RomRefused } from './rom-refused.ts';

/** A ROM of a manifest, as far as fetching it goes. */
export interface RomSource {
  readonly ref: string;
  /** Null: it cannot be downloaded, only given as a file. */
  readonly url: string | null;
  /** Null: not pinned, whatever comes is taken if it is a ROM. */
  readonly sha256: string | null;
}

export interface FetchOptions {
  readonly cacheDir: string;
  /** Bytes that somebody gave for it, in place of a download. */
  readonly given?: Uint8Array;
  /** Fetches it even if it is in the cache. */
  readonly again?: boolean;
  readonly download?: globalThis.Partial<Omit<DownloadOptions, 'maxBytes' | 'partial'>>;
}

export interface FetchedRom {
  readonly sha256: string;
  readonly path: string;
  readonly how: 'cached' | 'download' | 'file';
  /** Bytes of an earlier attempt that did not have to come again. */
  readonly resumed: number;
  readonly facts: RomFacts;
}

/** Known ROMs have at most 3 MiB. */
const DEADLINES = { silence: 30, whole: 600 };

/**
 * Brings a ROM into the cache: downloaded, or as given. It gets its place there only after it was read as an option ROM
 * and has the digest that its manifest states.
 *
 * @throws {DownloadFailed} it did not arrive; what did arrive is kept for the next attempt
 * @throws {RomRefused} what arrived is another file; it is kept aside
 */
export async function fetchRom(rom: RomSource, options: FetchOptions): Promise<FetchedRom> {
  const { cacheDir, given, again = false } = options;
  if (given === undefined && !again) {
    const cached = await fromCache(rom, cacheDir);
    if (cached !== null) return cached;
  }
  const arrived = given === undefined ? await fetchFrom(rom, options) : { bytes: given, resumed: 0 };
  const facts = readRom(arrived.bytes);
  await refuseOthers(rom, arrived.bytes, facts, cacheDir);
  const sha256 = await putRom(cacheDir, arrived.bytes);
  const how = given === undefined ? 'download' : 'file';
  if (rom.url !== null) {
    const fetched = new Date().toISOString();
    const size = arrived.bytes.length;
    await writeReceipt(cacheDir, { schema: 1, url: rom.url, sha256, size, how, fetched, verified: fetched });
  }
  return { sha256, path: romPath(cacheDir, sha256), how, resumed: arrived.resumed, facts };
}

/** The digest by which the cache would have this ROM: its manifest's, else that of what its URL gave. Null: neither. */
export async function knownDigest(rom: RomSource, cacheDir: string): Promise<string | null> {
  if (rom.sha256 !== null || rom.url === null) return rom.sha256;
  return (await readReceipt(cacheDir, rom.url))?.sha256 ?? null;
}

async function fromCache(rom: RomSource, cacheDir: string): Promise<FetchedRom | null> {
  const sha256 = await knownDigest(rom, cacheDir);
  const bytes = sha256 === null ? null : await readCachedRom(cacheDir, sha256);
  if (sha256 === null || !(bytes instanceof Uint8Array)) return null;
  return { sha256, path: romPath(cacheDir, sha256), how: 'cached', resumed: 0, facts: readRom(bytes) };
}

async function fetchFrom(
  { ref, url }: RomSource,
  options: FetchOptions,
): Promise<{ readonly bytes: Uint8Array; readonly resumed: number }> {
  if (url === null) throw new TypeError(`ROM ${ref} has no URL`);
  return downloadRom(url, options);
}

/**
 * Downloads what a URL gives, at most as much as a ROM may have, and goes on where an earlier attempt broke off.
 * What it is, is not looked at.
 *
 * @throws {DownloadFailed} it did not arrive; what did arrive is kept for the next attempt
 */
export async function downloadRom(
  url: string,
  options: Pick<FetchOptions, 'cacheDir' | 'download'>,
): Promise<{ readonly bytes: Uint8Array; readonly resumed: number }> {
  const { cacheDir } = options;
  const partial = await loadPartial(cacheDir, url);
  try {
    const whole = await download(url, {
      deadlines: DEADLINES,
      ...options.download,
      maxBytes: MAX_ROM_BYTES,
      partial,
    });
    await dropPartial(cacheDir, url);
    return whole;
  } catch (error) {
    if (error instanceof DownloadFailed && error.partial !== null) await savePartial(cacheDir, error.partial);
    throw error;
  }
}

async function refuseOthers(
  rom: RomSource,
  bytes: Uint8Array,
  facts: RomFacts,
  cacheDir: string,
): Promise<void> {
  const sha256 = romDigest(bytes);
  const other = notARom(bytes, facts);
  const why = rom.sha256 !== null && rom.sha256 !== sha256 ? 'digest' : other === null ? null : 'not-a-rom';
  if (why === null) return;
  const keptAt = await keepAside(cacheDir, bytes);
  const what = other === null ? '' : `it is ${other}; `;
  const said =
    why === 'digest'
      ? `${what}its sha256 is ${sha256}, the manifest states ${rom.sha256 ?? ''}`
      : `it is ${other ?? ''}`;
  throw new RomRefused(rom.ref, why, { sha256, keptAt, said });
}
