import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readBytes } from '../diagnosis/read-bytes.ts';
import type { ReadInput } from '../diagnosis/read/input-reader.ts';
import { messageOf } from '../text/message-of.ts';
import { UsageError } from './usage-error.ts';

/** Most files of one directory, and directories below each other. */
const FILES = 200;
const DEPTH = 4;

/**
 * Reads what a person gives: files, archives, directories, `-` for standard input. Each is read to its end once.
 *
 * @throws UsageError where a named one is not there or cannot be read
 */
export async function readEvidence(paths: readonly string[]): Promise<readonly ReadInput[]> {
  const inputs: ReadInput[] = [];
  for (const path of await filesOf(paths)) inputs.push(...(await readOne(path)));
  return inputs;
}

async function filesOf(paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) {
    if (path === '-') found.push(path);
    else found.push(...(await below(path, 0)));
  }
  return [...new Set(found)];
}

async function below(path: string, depth: number): Promise<readonly string[]> {
  const stats = await stat(path).catch((error: unknown) => {
    throw new UsageError(`Cannot read ${path}: ${messageOf(error)}.`, { cause: error });
  });
  if (stats.isFile()) return [path];
  if (!stats.isDirectory()) throw new UsageError(`${path} is neither a file nor a directory.`);
  if (depth >= DEPTH) return [];
  const found: string[] = [];
  for (const entry of (await readdir(path, { withFileTypes: true })).toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    if (found.length >= FILES) break;
    // A link may lead anywhere; what somebody else packed decides nothing about what is read here.
    if (entry.isFile() || entry.isDirectory())
      found.push(...(await below(join(path, entry.name), depth + 1)));
  }
  return found.slice(0, FILES);
}

async function readOne(path: string): Promise<readonly ReadInput[]> {
  const stream = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 1 << 20 });
  try {
    return await readBytes(path, stream as AsyncIterable<Uint8Array>);
  } catch (error) {
    throw new UsageError(`Cannot read ${path}: ${messageOf(error)}.`, { cause: error });
  }
}
