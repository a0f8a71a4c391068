import { type FileHandle, open, stat } from 'node:fs/promises';
import { messageOf } from '../text/message-of.ts';

/** A file that was not read: `message` says which, why, and what to give instead. */
export class FileNotRead extends Error {
  override readonly name = 'FileNotRead';
}

/**
 * Reads a regular file of at most `limit` bytes. Throws `FileNotRead` if it is missing, is no regular file (a directory,
 * a device, a pipe), is larger, or cannot be read.
 */
export async function readBoundedFile(path: string, limit: number): Promise<Uint8Array> {
  try {
    // Before it is opened: opening a pipe would wait for its other end.
    const { size } = regular(path, await stat(path));
    if (size > limit) throw tooLarge(path, limit);
    await using handle = await open(path, 'r');
    return await readAll(path, handle, limit);
  } catch (error) {
    if (error instanceof FileNotRead) throw error;
    throw new FileNotRead(`Cannot read ${path}: ${reason(error)}.`, { cause: error });
  }
}

function regular(
  path: string,
  stats: { isFile(): boolean; isDirectory(): boolean; readonly size: number },
): { readonly size: number } {
  if (stats.isDirectory()) throw new FileNotRead(`${path} is a directory; give the path of a file in it.`);
  if (!stats.isFile()) throw new FileNotRead(`${path} is not a regular file.`);
  return stats;
}

async function readAll(path: string, handle: FileHandle, limit: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(limit + 1);
  let length = 0;
  while (length <= limit) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
    if (bytesRead === 0) return buffer.slice(0, length);
    length += bytesRead;
  }
  throw tooLarge(path, limit);
}

function tooLarge(path: string, limit: number): FileNotRead {
  return new FileNotRead(`${path} is larger than ${limit} bytes, more than is read of such a file.`);
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file';
  if (code === 'EACCES') return 'permission is denied';
  return messageOf(error);
}
