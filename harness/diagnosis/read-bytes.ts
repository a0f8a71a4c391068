import { ARCHIVE_HEAD, archiveKind } from './archive-kind.ts';
import { LITERALS } from './literals.ts';
import { InputReader, type ReadInput } from './read/input-reader.ts';

/** Most bytes that are read of one input, and of one archive, which has to be held as a whole. */
export const INPUT_BYTES = 512 * 1_048_576;
export const ARCHIVE_BYTES = 128 * 1_048_576;

/**
 * Reads one input to its end: a file, or an archive of files, told apart by their first bytes. What unpacks archives is
 * loaded only for one.
 *
 * @param name of the input, as the person gave it
 * @returns one input; of an archive one a file
 * @throws whatever `pieces` throws
 */
export async function readBytes(
  name: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<readonly ReadInput[]> {
  const held: Uint8Array[] = [];
  let reader: InputReader | null = null;
  let archive = false;
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > (archive ? ARCHIVE_BYTES : INPUT_BYTES)) break;
    if (reader !== null) {
      reader.write(piece);
      continue;
    }
    held.push(piece);
    if (archive || bytes < ARCHIVE_HEAD) continue;
    archive = archiveKind(joined(held)) !== null;
    if (!archive) reader = written(name, held);
  }
  const whole = reader === null ? joined(held) : null;
  if (whole !== null && archiveKind(whole) !== null) return readWhole(name, whole, bytes);
  const read = (reader ?? written(name, held)).end();
  if (bytes <= INPUT_BYTES) return [read];
  return [
    { ...read, seen: { ...read.seen, problem: `only its first ${INPUT_BYTES / 1_048_576} MiB were read` } },
  ];
}

async function readWhole(name: string, whole: Uint8Array, bytes: number): Promise<readonly ReadInput[]> {
  if (bytes > ARCHIVE_BYTES) {
    const problem = `an archive of more than ${ARCHIVE_BYTES / 1_048_576} MiB, not read`;
    return [{ seen: { input: name, parts: [], lines: 0, bytes, problem }, parts: [], held: new Map() }];
  }
  const { readArchive } = await import('./archive.ts');
  return readArchive(name, whole, LITERALS);
}

function written(name: string, pieces: readonly Uint8Array[]): InputReader {
  const reader = new InputReader(name, LITERALS);
  for (const piece of pieces) reader.write(piece);
  return reader;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [first] = pieces;
  if (first !== undefined && pieces.length === 1) return first;
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
