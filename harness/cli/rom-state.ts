import { stat } from 'node:fs/promises';
import { knownDigest } from '../rom/cache/fetch-rom.ts';
import { readReceipt } from '../rom/cache/receipt.ts';
import { romPath } from '../rom/cache/rom-cache.ts';
import type { ListedRom } from '../scenario/rom-manifests.ts';

/** What is known here of a ROM that a manifest names, without reading the ROM itself. */
export interface RomState {
  readonly ref: string;
  readonly name: string;
  readonly file: string;
  readonly devices: readonly string[];
  /** `recipe`: code43 writes it itself when it is needed. */
  readonly kind: 'download' | 'by-hand' | 'recipe';
  readonly url: string | null;
  /** The manifest's digest; null: not pinned. */
  readonly sha256: string | null;
  /** The digest by which the cache has it; null: it is not there. */
  readonly cached: string | null;
  /** When it came, and when `rom verify` last found it right; ISO 8601, null where nobody knows. */
  readonly fetched: string | null;
  readonly verified: string | null;
}

export async function romState({ ref, rom }: ListedRom, cacheDir: string): Promise<RomState> {
  const { name, file, devices } = rom;
  const common = { ref, name, file, devices };
  if ('recipe' in rom) {
    const nothing = { url: null, sha256: null, cached: null, fetched: null, verified: null };
    return { ...common, kind: 'recipe', ...nothing };
  }
  const { url, sha256 } = rom;
  const digest = await knownDigest({ ref, url, sha256 }, cacheDir);
  const there = digest !== null && (await stat(romPath(cacheDir, digest)).catch(() => null)) !== null;
  const receipt = url === null ? null : await readReceipt(cacheDir, url);
  const dates = receipt?.sha256 === digest && there ? receipt : null;
  return {
    ...common,
    kind: url === null ? 'by-hand' : 'download',
    url,
    sha256,
    cached: there ? digest : null,
    fetched: dates?.fetched ?? null,
    verified: dates?.verified ?? null,
  };
}
