import type { BitReader } from './bit-reader.ts';

const LONGEST = 16;

/** A canonical Huffman code: shorter codes first, among equal lengths in the order of the symbols. */
export class HuffmanCode {
  /** How many codes there are of each length. */
  readonly #counts: readonly number[];
  /** The symbols in the order of their codes. */
  readonly #symbols: readonly number[];

  private constructor(counts: readonly number[], symbols: readonly number[]) {
    this.#counts = counts;
    this.#symbols = symbols;
  }

  /** The code with one symbol, which takes no bits. */
  static only(symbol: number): HuffmanCode {
    return new HuffmanCode([1], [symbol]);
  }

  /** In: the length of each symbol's code, 0 for none. Out: null unless the codes are all there are of these lengths. */
  static of(lengths: readonly number[]): HuffmanCode | null {
    const counts = Array.from({ length: LONGEST + 1 }, () => 0);
    for (const length of lengths) {
      if (length > LONGEST) return null;
      if (length > 0) counts[length] = (counts[length] ?? 0) + 1;
    }
    const used = counts.reduce((sum, count, length) => sum + count * 2 ** (LONGEST - length), 0);
    if (used !== 2 ** LONGEST) return null;
    const symbols = lengths.map((_, symbol) => symbol).filter((symbol) => (lengths[symbol] ?? 0) > 0);
    symbols.sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || a - b);
    return new HuffmanCode(counts, symbols);
  }

  /** Reads the next symbol. */
  decode(bits: BitReader): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 0; length <= LONGEST; length += 1) {
      const count = this.#counts[length] ?? 0;
      if (code - first < count) return this.#symbols[index + code - first] ?? 0;
      index += count;
      first = (first + count) * 2;
      code = code * 2 + bits.take(1);
    }
    return 0;
  }
}
