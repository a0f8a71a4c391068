import { type FileHandle, open, stat } from 'node:fs/promises';
import { TemplateRefused } from '../template-refused.ts';

/** A regular file that is read here and there, never as a whole. */
export interface ByteReader extends AsyncDisposable {
  /** Its path, for messages. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Exactly `length` bytes. @throws TemplateRefused where the file ends before, and errors of the disk */
  read(offset: number, length: number): Promise<Buffer>;
}

/** The most that is read at once. */
const AT_ONCE = 16 * 1024 * 1024;

/** @throws TemplateRefused there is no such file, it is not a regular one, or it may not be read */
export async function openBytes(path: string): Promise<ByteReader> {
  const { handle, size } = await openRegular(path);
  return {
    path,
    size,
    read: async (offset, length) => {
      if (!Number.isSafeInteger(offset) || offset < 0 || length < 0 || length > AT_ONCE)
        throw new TemplateRefused(`${path} is damaged: it names ${length} bytes at ${offset}`);
      if (offset + length > size)
        throw new TemplateRefused(`${path} ends at byte ${size}, and names what lies at ${offset} beyond it`);
      return readWhole(path, handle, offset, length);
    },
    [Symbol.asyncDispose]: () => handle.close(),
  };
}

async function openRegular(path: string): Promise<{ readonly handle: FileHandle; readonly size: number }> {
  try {
    // Before it is opened: opening a pipe would wait for its other end.
    const stats = await stat(path);
    if (!stats.isFile()) throw new TemplateRefused(`${path} is not a regular file`);
    return { handle: await open(path, 'r'), size: stats.size };
  } catch (error) {
    if (error instanceof TemplateRefused) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const why = code === 'ENOENT' || code === 'ENOTDIR' ? 'there is no such file' : String(error);
    throw new TemplateRefused(`cannot read ${path}: ${why}`, { cause: error });
  }
}

async function readWhole(path: string, handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0) throw new TemplateRefused(`${path} became shorter while it was read`);
    done += bytesRead;
  }
  return bytes;
}
