/** Lets bytes pass, and finds a mark among them, which it takes out: all that was written before the mark has then passed. */
export class MarkFilter {
  readonly #pass: (bytes: Buffer) => void;
  #mark: Buffer | null = null;
  #found = (): void => undefined;
  #held = Buffer.alloc(0);

  constructor(pass: (bytes: Buffer) => void) {
    this.#pass = pass;
  }

  push(bytes: Buffer): void {
    if (this.#mark === null) {
      this.#pass(bytes);
      return;
    }
    const all = Buffer.concat([this.#held, bytes]);
    const at = all.indexOf(this.#mark);
    if (at === -1) {
      // The mark may come in two pieces: what could be its beginning waits.
      const sure = Math.max(0, all.length - this.#mark.length + 1);
      this.#held = all.subarray(sure);
      if (sure > 0) this.#pass(all.subarray(0, sure));
      return;
    }
    const rest = Buffer.concat([all.subarray(0, at), all.subarray(at + this.#mark.length)]);
    this.#clear();
    if (rest.length > 0) this.#pass(rest);
    this.#found();
  }

  /** Resolves when `mark`, which must be unlike anything else that is sent, has come. */
  expect(mark: Buffer): Promise<void> {
    this.#mark = mark;
    return new Promise((resolve) => {
      this.#found = resolve;
    });
  }

  /** Waits no more: what was held back passes. */
  giveUp(): void {
    const held = this.#held;
    this.#clear();
    if (held.length > 0) this.#pass(held);
  }

  #clear(): void {
    this.#mark = null;
    this.#held = Buffer.alloc(0);
  }
}
