/** One file of an archive. */
export interface ArchiveFile {
  /** ASCII, at most 100 characters, relative. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const BLOCK = 512;

/**
 * A tar archive (POSIX ustar) of plain files, readable by their owner only. Same files, same time: same bytes.
 *
 * @param modified seconds since 1970
 * @throws RangeError a name that the format, or a careful person's tar, would not take
 */
export function tarOf(files: readonly ArchiveFile[], modified: number): Uint8Array {
  const parts = files.flatMap(({ name, bytes }) => [
    header(name, bytes.length, modified),
    bytes,
    new Uint8Array((BLOCK - (bytes.length % BLOCK)) % BLOCK),
  ]);
  // Two empty blocks end an archive.
  return Buffer.concat([...parts, new Uint8Array(2 * BLOCK)]);
}

/** Fields of the header by offset: pax(1), "ustar Interchange Format". */
function header(name: string, size: number, modified: number): Uint8Array {
  if (!/^[\w.-]+(?:\/[\w.-]+)*$/.test(name) || name.length > 100 || name.split('/').includes('..'))
    throw new RangeError(`not a name for an archive: ${JSON.stringify(name.slice(0, 120))}`);
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, length: number): void => {
    block.write(value.toString(8).padStart(length - 1, '0'), at, 'latin1');
  };
  block.write(name, 0, 'latin1');
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(Math.max(0, Math.floor(modified)), 136, 12);
  block.write('        ', 148, 'latin1');
  block.write('0', 156, 'latin1');
  block.write('ustar\u000000', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}
