const MAX_UNPACKED = 512 * 1024 * 1024;

/**
 * Unpacks a row of LZ4 blocks, each with its length in front as 32 bits little-endian (LZ4 block format description).
 * Null where the input is damaged or does not give exactly `size` bytes.
 */
export function lz4Blocks(packed: Buffer, size: number): Buffer | null {
  if (size > MAX_UNPACKED) return null;
  const out = Buffer.alloc(size);
  let at = 0;
  let written = 0;
  while (at + 4 <= packed.length) {
    const length = packed.readUInt32LE(at);
    at += 4;
    if (length > packed.length - at) return null;
    written = block(packed.subarray(at, at + length), out, written);
    if (written < 0) return null;
    at += length;
  }
  return at === packed.length && written === size ? out : null;
}

/** Unpacks one block into `out` from `begin` on; gives the end of what was written, or -1 if it is damaged. */
function block(packed: Buffer, out: Buffer, begin: number): number {
  let from = 0;
  let to = begin;
  const extended = (length: number): number => {
    let total = length;
    for (let more = 255; length === 15 && more === 255; from += 1) {
      more = packed[from] ?? 0;
      total += more;
    }
    return total;
  };
  while (from < packed.length) {
    const token = packed[from] ?? 0;
    from += 1;
    const literals = extended(token >> 4);
    if (from + literals > packed.length || to + literals > out.length) return -1;
    packed.copy(out, to, from, from + literals);
    from += literals;
    to += literals;
    if (from === packed.length) return to;
    if (from + 2 > packed.length) return -1;
    const distance = packed.readUInt16LE(from);
    from += 2;
    const match = extended(token & 15) + 4;
    if (distance === 0 || to - distance < begin || to + match > out.length) return -1;
    // A match may reach into what it writes: then it repeats, byte by byte.
    if (distance >= match) out.copyWithin(to, to - distance, to - distance + match);
    else for (let i = 0; i < match; i += 1) out[to + i] = out[to + i - distance] ?? 0;
    to += match;
  }
  return -1;
}
