export type ArchiveKind = 'zip' | 'gzip' | 'tar';

/** Bytes of a file's beginning that `archiveKind` wants to see; a shorter file is judged by what it has. */
export const ARCHIVE_HEAD = 512;

/**
 * What kind of archive begins with these bytes; null: none that is read. By content alone: names lie.
 * Sources: APPNOTE 4.3.7 and 4.3.16 (zip), RFC 1952 (gzip), POSIX pax (ustar).
 */
export function archiveKind(head: Uint8Array): ArchiveKind | null {
  if (startsWith(head, 0, [0x50, 0x4b, 3, 4]) || startsWith(head, 0, [0x50, 0x4b, 5, 6])) return 'zip';
  if (startsWith(head, 0, [0x1f, 0x8b, 8])) return 'gzip';
  return startsWith(head, 257, [0x75, 0x73, 0x74, 0x61, 0x72]) ? 'tar' : null;
}

function startsWith(bytes: Uint8Array, at: number, wanted: readonly number[]): boolean {
  return wanted.every((byte, index) => bytes[at + index] === byte);
}
