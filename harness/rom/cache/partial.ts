import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { writeAtomically } from '../../wire/atomic-file.ts';
import type { Partial } from '../../wire/download.ts';
import { MAX_ROM_BYTES } from '../read.ts';
import { readAtMost, romDigest } from './rom-cache.ts';

const HEAD_BYTES = 2048;
const NEWLINE = 0x0a;

const HeadSchema = z.strictObject({ url: z.string(), validator: z.string(), sha256: z.string() });

/** Keeps what arrived of a file before its download broke off: one line of JSON, then the bytes. */
export async function savePartial(cacheDir: string, partial: Partial): Promise<void> {
  const { url, validator, bytes } = partial;
  const head = new TextEncoder().encode(`${JSON.stringify({ url, validator, sha256: romDigest(bytes) })}\n`);
  if (head.length > HEAD_BYTES) return;
  await writeAtomically(partialPath(cacheDir, url), Buffer.concat([head, bytes]));
}

/** What an earlier download of this URL left; null if there is nothing, or it is damaged. */
export async function loadPartial(cacheDir: string, url: string): Promise<Partial | null> {
  const file = await readAtMost(partialPath(cacheDir, url), HEAD_BYTES + MAX_ROM_BYTES);
  const end = file?.subarray(0, HEAD_BYTES).indexOf(NEWLINE) ?? -1;
  if (file === null || end === -1) return null;
  try {
    const head = HeadSchema.parse(JSON.parse(new TextDecoder().decode(file.subarray(0, end))));
    const bytes = file.subarray(end + 1);
    return head.url === url && head.sha256 === romDigest(bytes)
      ? { url, validator: head.validator, bytes }
      : null;
  } catch {
    return null;
  }
}

export async function dropPartial(cacheDir: string, url: string): Promise<void> {
  await rm(partialPath(cacheDir, url), { force: true });
}

function partialPath(cacheDir: string, url: string): string {
  return join(cacheDir, 'roms', 'partial', romDigest(new TextEncoder().encode(url)));
}
