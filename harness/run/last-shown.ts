import type { VmConsole } from '../host/host.ts';

/** Bytes that are kept: some screens. */
const KEPT = 8_192;

/** What a console showed last, for those who come later: the words of a guest that panicked, above all. */
export class LastShown {
  #bytes = Buffer.alloc(0);
  #whole = true;

  constructor({ pty }: VmConsole) {
    pty.onData((bytes) => {
      const all = Buffer.concat([this.#bytes, bytes]);
      this.#whole &&= all.length <= KEPT;
      this.#bytes = all.subarray(-KEPT);
    });
  }

  /** From the beginning of a line on: what was cut off may have been half of a character or of a control sequence. */
  bytes(): Buffer {
    return this.#whole ? this.#bytes : this.#bytes.subarray(this.#bytes.indexOf(10) + 1);
  }
}
