import { constants } from 'node:fs';
import { open, realpath, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { fileProblem, type SourceProblem } from './problem.ts';
import { messageOf } from '../text/message-of.ts';

/** Largest file that is read at all; a scenario is a page of text. */
const MAX_BYTES = 256 * 1024;

/** The text of a file, or why it cannot be read as one. */
export type Source =
  | { readonly text: string; readonly problem: null }
  | { readonly text: null; readonly problem: SourceProblem };

/**
 * Reads a text file that somebody else may have written: a regular file of at most 256 KiB of UTF-8.
 *
 * @param absolute where it is on disk
 * @param file how to name it in a problem
 * @param within if given, a folder that the file must not leave through a symbolic link
 * @returns its text; a problem instead of an exception for everything that can be wrong with it
 */
export async function readSource(absolute: string, file: string, within?: string): Promise<Source> {
  const bad = (message: string, hint: string | null = null, line = 1): Source => ({
    text: null,
    problem: { ...fileProblem(file, message, hint), line },
  });
  try {
    if (within !== undefined && !isInside(await realpath(absolute), await realpath(within))) {
      return bad('a symbolic link leads out of the tree', 'put the file itself there');
    }
    // A named pipe would block an ordinary open for ever.
    await using handle = await open(absolute, constants.O_RDONLY | constants.O_NONBLOCK);
    const status = await handle.stat();
    if (!status.isFile()) return bad('expected a file of text; this is something else');
    if (status.size > MAX_BYTES) return bad(tooLarge(status.size));
    const bytes = await readAtMost(handle, MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) return bad(tooLarge(bytes.length));
    if (bytes.includes(0)) return bad('expected a file of text; this one is binary (it holds a NUL byte)');
    const wrongLine = firstLineNotUtf8(bytes);
    if (wrongLine !== null)
      return bad('expected UTF-8; this line is not', 'save the file as UTF-8', wrongLine);
    const text = new TextDecoder().decode(bytes);
    return text.trim() === '' ? bad('the file is empty') : { text, problem: null };
  } catch (error) {
    return bad(`cannot read the file: ${messageOf(error)}`);
  }
}

/** Whether a path is the folder or lies below it; both already resolved. */
export function isInside(child: string, folder: string): boolean {
  const relative = path.relative(folder, child);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

function tooLarge(size: number): string {
  return `the file is too large: ${size} bytes, expected at most ${MAX_BYTES}`;
}

async function readAtMost(handle: FileHandle, most: number): Promise<Buffer> {
  const buffer = Buffer.alloc(most);
  let filled = 0;
  while (filled < most) {
    const { bytesRead } = await handle.read(buffer, filled, most - filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** UTF-8 never uses the byte of a line end inside a character, so lines can be tried one by one. */
function firstLineNotUtf8(bytes: Buffer): number | null {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let line = 1, from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, from);
    const to = end === -1 ? bytes.length : end;
    try {
      decoder.decode(bytes.subarray(from, to));
    } catch {
      return line;
    }
    from = to + 1;
  }
  return null;
}
