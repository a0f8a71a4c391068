import { join } from 'node:path';
import * as z from 'zod/mini';
import { writeAtomically } from '../../wire/atomic-file.ts';
import { readAtMost, romDigest } from './rom-cache.ts';

const MOST_BYTES = 4096;
const time = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T[\d:.]{8,12}Z$/));

const ReceiptSchema = z.strictObject({
  schema: z.literal(1),
  url: z.string(),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  size: z.int(),
  /** How it came: over the network, or as a file that somebody gave. */
  how: z.enum(['download', 'file']),
  /** When, ISO 8601 UTC. */
  fetched: time,
  /** When `rom verify` last found the file to be right. */
  verified: z.nullable(time),
});

/**
 * What came when a URL of a manifest was fetched. It is how a ROM that no manifest pins yet is found again, by the digest
 * that it had; a manifest's own digest always counts more.
 */
export type Receipt = z.infer<typeof ReceiptSchema>;

/** Null: nothing was ever fetched from there, or what is written about it cannot be read. */
export async function readReceipt(cacheDir: string, url: string): Promise<Receipt | null> {
  const bytes = await readAtMost(receiptPath(cacheDir, url), MOST_BYTES);
  if (bytes === null) return null;
  try {
    const receipt = ReceiptSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    return receipt.url === url ? receipt : null;
  } catch {
    return null;
  }
}

export async function writeReceipt(cacheDir: string, receipt: Receipt): Promise<void> {
  await writeAtomically(receiptPath(cacheDir, receipt.url), `${JSON.stringify(receipt, null, 2)}\n`);
}

function receiptPath(cacheDir: string, url: string): string {
  return join(cacheDir, 'roms', 'fetched', `${romDigest(new TextEncoder().encode(url))}.json`);
}
