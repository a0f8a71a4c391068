/** One file in an archive, before it is unpacked. */
export interface ArchiveEntry {
  /** As the archive has it: may be anything. */
  readonly name: string;
  /** Gives its bytes in pieces. Throws NotRead where they cannot be had. */
  readonly read: (take: (piece: Uint8Array) => void) => void;
}
