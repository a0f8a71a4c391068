/** Cuts a byte stream into lines without ever holding more than `limit` bytes of one. */
export class LineSplitter {
  readonly #limit: number;
  readonly #onLine: (line: Buffer, cut: boolean) => void;
  #parts: Buffer[] = [];
  #held = 0;
  #cut = false;

  /**
   * @param limit longest line in bytes; what a line has beyond it is dropped and `cut` says so
   * @param onLine called with each line, without its `\n` or `\r\n`
   */
  constructor(limit: number, onLine: (line: Buffer, cut: boolean) => void) {
    this.#limit = limit;
    this.#onLine = onLine;
  }

  push(chunk: Buffer): void {
    let from = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      this.#hold(chunk.subarray(from, at));
      this.#emit();
      from = at + 1;
    }
    this.#hold(chunk.subarray(from));
  }

  /** Delivers a last line that had no newline. */
  end(): void {
    if (this.#held > 0 || this.#cut) this.#emit();
  }

  #hold(bytes: Buffer): void {
    const room = this.#limit - this.#held;
    if (bytes.length > room) this.#cut = true;
    const kept = bytes.subarray(0, room);
    if (kept.length === 0) return;
    this.#parts.push(kept);
    this.#held += kept.length;
  }

  #emit(): void {
    const line = Buffer.concat(this.#parts, this.#held);
    const cut = this.#cut;
    this.#parts = [];
    this.#held = 0;
    this.#cut = false;
    this.#onLine(!cut && line.at(-1) === 13 ? line.subarray(0, -1) : line, cut);
  }
}
