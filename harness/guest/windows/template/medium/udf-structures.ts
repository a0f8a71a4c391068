/** Structures of UDF as bytes (ECMA-167, 3rd edition; OSTA UDF 1.02). Pure; null where the bytes are not that. */

/** Which structure a descriptor is, by its tag. */
export const TAG = {
  anchor: 2,
  partition: 5,
  logicalVolume: 6,
  terminating: 8,
  fileSet: 256,
  fileIdentifier: 257,
  fileEntry: 261,
  extendedFileEntry: 266,
} as const;

/** Where something lies: bytes, and a block. */
export interface Run {
  readonly length: number;
  readonly block: number;
}

/** One name in a directory, and the block of its file entry. */
export interface Name {
  readonly name: string;
  readonly directory: boolean;
  readonly block: number;
}

/** Where a file's bytes are: in runs of blocks, or in the entry itself. */
export interface FileEntry {
  readonly size: number;
  readonly directory: boolean;
  readonly content: readonly Run[] | { readonly inside: number };
}

const TAG_BYTES = 16;

/** The tag's number if its checksum holds (3/7.2), else null. */
export function tagOf(bytes: Buffer): number | null {
  if (bytes.length < TAG_BYTES) return null;
  const sum = bytes.subarray(0, TAG_BYTES).reduce((total, byte, at) => (at === 4 ? total : total + byte), 0);
  return (sum & 0xff) === bytes[4] ? bytes.readUInt16LE(0) : null;
}

/** 3/7.1. */
export function extentAt(bytes: Buffer, at: number): Run {
  return { length: bytes.readUInt32LE(at), block: bytes.readUInt32LE(at + 4) };
}

/**
 * A partition by the one map that simple volumes have (3/10.6, 3/10.7.2).
 *
 * @returns the size of a logical block, the file set's block, and the number of the partition; null for others
 */
export function logicalVolume(
  bytes: Buffer,
): { readonly blockBytes: number; readonly fileSet: number; readonly partition: number } | null {
  const [maps, type, length] = [bytes.readUInt32LE(268), bytes[440], bytes[441]];
  if (maps !== 1 || type !== 1 || length !== 6) return null;
  return {
    blockBytes: bytes.readUInt32LE(212),
    fileSet: bytes.readUInt32LE(252),
    partition: bytes.readUInt16LE(444),
  };
}

/** 3/10.5: its number, first sector and length in sectors. */
export function partition(bytes: Buffer): {
  readonly number: number;
  readonly start: number;
  readonly sectors: number;
} {
  return {
    number: bytes.readUInt16LE(22),
    start: bytes.readUInt32LE(188),
    sectors: bytes.readUInt32LE(192),
  };
}

/** 4/14.1: the block of the root directory's entry. */
export function rootDirectory(bytes: Buffer): number {
  return bytes.readUInt32LE(404);
}

/** 4/14.9 and 4/14.17. Runs that were never recorded, or that go on elsewhere, are not read: null. */
export function fileEntry(bytes: Buffer): FileEntry | null {
  const tag = tagOf(bytes);
  if (tag !== TAG.fileEntry && tag !== TAG.extendedFileEntry) return null;
  const head = tag === TAG.fileEntry ? 168 : 208;
  const begin = head + 8 + bytes.readUInt32LE(head);
  const end = begin + bytes.readUInt32LE(head + 4);
  const size = Number(bytes.readBigUInt64LE(56));
  if (end > bytes.length) return null;
  const directory = bytes[27] === 4;
  const kind = bytes.readUInt16LE(34) & 7;
  if (kind === 3) return size <= end - begin ? { size, directory, content: { inside: begin } } : null;
  if (kind > 1) return null;
  const runs = readRuns(bytes.subarray(begin, end), kind === 0 ? 8 : 16);
  return runs === null ? null : { size, directory, content: runs };
}

/** Short (8 bytes) or long (16 bytes) allocation descriptors; the upper two bits of a length are its type. */
function readRuns(bytes: Buffer, step: number): readonly Run[] | null {
  const runs: Run[] = [];
  for (let at = 0; at + step <= bytes.length; at += step) {
    const { length, block } = extentAt(bytes, at);
    if (length === 0) break;
    if (length >= 2 ** 30) return null;
    runs.push({ length, block });
  }
  return runs;
}

/** 4/14.4: what a directory names, but for itself, its parent and what was deleted; null if it is damaged. */
export function directoryNames(bytes: Buffer): readonly Name[] | null {
  const names: Name[] = [];
  for (let at = 0; at + 38 <= bytes.length;) {
    if (tagOf(bytes.subarray(at)) !== TAG.fileIdentifier) return null;
    const [flags = 0, nameBytes = 0] = [bytes[at + 18], bytes[at + 19]];
    const begin = at + 38 + bytes.readUInt16LE(at + 36);
    if (begin + nameBytes > bytes.length) return null;
    if ((flags & 0b1100) === 0)
      names.push({
        name: nameOf(bytes.subarray(begin, begin + nameBytes)),
        directory: (flags & 2) !== 0,
        block: bytes.readUInt32LE(at + 24),
      });
    at += (begin - at + nameBytes + 3) & ~3;
  }
  return names;
}

/** OSTA compressed Unicode (UDF 2.1.1): 8 or 16 bits a character, by the first byte. */
function nameOf(bytes: Buffer): string {
  const text = bytes.subarray(1);
  return bytes[0] === 16
    ? Buffer.from(text.subarray(0, text.length & ~1))
        .swap16()
        .toString('utf16le')
    : text.toString('latin1');
}
