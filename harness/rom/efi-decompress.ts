import { BitReader } from './bit-reader.ts';
import { HuffmanCode } from './huffman-code.ts';

/** What came out of packed data: its bytes, or in words why they do not. */
export type Unpacked =
  { readonly bytes: Uint8Array; readonly problem: null } | { readonly bytes: null; readonly problem: string };

const HEADER_BYTES = 8;
/** Literals 0–255, then match lengths 3–256. */
const SYMBOLS = 255 + 256 + 2 - 3;
const SYMBOL_COUNT_BITS = 9;
const SHORTEST_MATCH = 3;
/** The code lengths of the symbols are themselves coded with this set: 0–2 are runs of zeros, n + 2 is the length n. */
const LENGTH_SYMBOLS = 19;
const LENGTH_COUNT_BITS = 5;
const POSITION_SYMBOLS = 31;
const POSITION_COUNT_BITS = 4;
/** More than any packer makes of what is read here: real blocks hold thousands of symbols. */
const MOST_BLOCKS = 4096;
/** After so many code lengths of the length set comes a two-bit run of zeros. */
const ZEROS_AFTER = 3;

/**
 * Unpacks data of the UEFI compression algorithm (UEFI Specification, "Compression Algorithm Specification"; what firmware
 * does is edk2 MdePkg/Library/BaseUefiDecompressLib), as it stands in an EFI image of compression type 1.
 *
 * In: the packed data from its header on, and the most bytes that may come out. Out: the bytes, or why not. Never throws;
 * its work is bounded whatever the data says: a symbol gives at least one byte, and there is a limit on both.
 */
export function decompressEfi(packed: Uint8Array, limit: number): Unpacked {
  if (packed.length < HEADER_BYTES) return failed('its header is cut off');
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  const packedBytes = view.getUint32(0, true);
  const size = view.getUint32(4, true);
  if (packedBytes > packed.length - HEADER_BYTES)
    return failed(`it declares ${packedBytes} packed bytes, ${packed.length - HEADER_BYTES} are there`);
  if (size > limit) return failed(`it declares ${size} bytes unpacked, at most ${limit} are read`);
  const bits = new BitReader(packed.subarray(HEADER_BYTES, HEADER_BYTES + packedBytes));
  return unpack(bits, new Uint8Array(size));
}

function unpack(bits: BitReader, out: Uint8Array): Unpacked {
  let filled = 0;
  for (let blocks = 0; filled < out.length; blocks += 1) {
    if (blocks === MOST_BLOCKS) return failed(`it has more than ${MOST_BLOCKS} blocks`);
    const block = readBlock(bits);
    if (block === null) return failed(`the code table for byte ${filled} is damaged`);
    for (let left = block.symbols; left > 0 && filled < out.length; left -= 1) {
      const symbol = block.literals.decode(bits);
      if (symbol < 256) {
        out[filled] = symbol;
        filled += 1;
        continue;
      }
      const from = filled - readPosition(bits, block.positions) - 1;
      if (from < 0) return failed(`byte ${filled} repeats what lies before the start`);
      const end = Math.min(filled + symbol - 256 + SHORTEST_MATCH, out.length);
      for (let i = filled; i < end; i += 1) out[i] = out[from + i - filled] ?? 0;
      filled = end;
    }
  }
  return { bytes: out, problem: null };
}

interface Block {
  readonly symbols: number;
  readonly literals: HuffmanCode;
  readonly positions: HuffmanCode;
}

function readBlock(bits: BitReader): Block | null {
  const declared = bits.take(16);
  const lengths = readSmallCode(bits, LENGTH_SYMBOLS, LENGTH_COUNT_BITS, ZEROS_AFTER);
  const literals = lengths === null ? null : readSymbolCode(bits, lengths);
  const positions = literals === null ? null : readSmallCode(bits, POSITION_SYMBOLS, POSITION_COUNT_BITS, 0);
  if (literals === null || positions === null) return null;
  // The counter of edk2 is 16 bits wide and counts down before it is looked at.
  return { symbols: declared === 0 ? 0x10000 : declared, literals, positions };
}

function readSmallCode(
  bits: BitReader,
  symbols: number,
  countBits: number,
  zerosAfter: number,
): HuffmanCode | null {
  const count = bits.take(countBits);
  if (count === 0) return HuffmanCode.only(bits.take(countBits));
  const lengths: number[] = [];
  while (lengths.length < count && lengths.length < symbols) {
    let length = bits.take(3);
    // From 7 on a length goes on in ones, ended by a zero.
    if (length === 7) while (bits.take(1) === 1) if ((length += 1) > 16) return null;
    lengths.push(length);
    if (lengths.length === zerosAfter) for (let zeros = bits.take(2); zeros > 0; zeros -= 1) lengths.push(0);
  }
  return HuffmanCode.of(lengths.slice(0, symbols));
}

function readSymbolCode(bits: BitReader, code: HuffmanCode): HuffmanCode | null {
  const count = bits.take(SYMBOL_COUNT_BITS);
  if (count === 0) return HuffmanCode.only(bits.take(SYMBOL_COUNT_BITS));
  const lengths: number[] = [];
  while (lengths.length < count && lengths.length < SYMBOLS) {
    const symbol = code.decode(bits);
    if (symbol > 2) lengths.push(symbol - 2);
    else for (let zeros = zeroRun(bits, symbol); zeros > 0; zeros -= 1) lengths.push(0);
  }
  return HuffmanCode.of(lengths.slice(0, SYMBOLS));
}

function zeroRun(bits: BitReader, symbol: number): number {
  if (symbol === 0) return 1;
  return symbol === 1 ? bits.take(4) + 3 : bits.take(SYMBOL_COUNT_BITS) + 20;
}

function readPosition(bits: BitReader, code: HuffmanCode): number {
  const symbol = code.decode(bits);
  return symbol <= 1 ? symbol : 2 ** (symbol - 1) + bits.take(symbol - 1);
}

function failed(problem: string): Unpacked {
  return { bytes: null, problem };
}
