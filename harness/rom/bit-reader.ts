/** Reads bits from the highest of each byte on. Behind the end there are only zeros, as firmware's own reader has it. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #buffer = 0;
  #held = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The next `count` bits as a number; at most 31. */
  take(count: number): number {
    let value = 0;
    for (let wanted = count; wanted > 0;) {
      if (this.#held === 0) {
        this.#buffer = this.#bytes[this.#at] ?? 0;
        this.#at += 1;
        this.#held = 8;
      }
      const part = Math.min(wanted, this.#held);
      this.#held -= part;
      value = value * 2 ** part + ((this.#buffer >> this.#held) & (2 ** part - 1));
      wanted -= part;
    }
    return value;
  }
}
