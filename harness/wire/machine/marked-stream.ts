const NEWLINE = 10;
/** Bytes that are kept of what came before the first mark. */
const NOISE = 4096;

export interface MarkedParts {
  /** The first mark has come. */
  readonly onBegin?: () => void;
  /** What stands between the marks. */
  readonly onBytes: (bytes: Buffer) => void;
  /** The last mark has come, with what stood behind it on its line. */
  readonly onEnd: (words: string) => void;
}

/**
 * Takes a stream apart at two marks, each at the end of some line: a mark alone begins it, the next one ends it, and one
 * with words behind it ends it before it began.
 */
export class MarkedStream {
  readonly #mark: Buffer;
  readonly #parts: MarkedParts;
  #state: 'before' | 'within' | 'after' = 'before';
  #held: Buffer = Buffer.alloc(0);
  #noise: Buffer = Buffer.alloc(0);

  constructor(mark: string, parts: MarkedParts) {
    this.#mark = Buffer.from(mark);
    this.#parts = parts;
  }

  /** What came before the first mark, the last 4 kB of it. */
  get noise(): string {
    return Buffer.concat([this.#noise, this.#state === 'before' ? this.#held : Buffer.alloc(0)]).toString();
  }

  push(chunk: Buffer): void {
    let rest: Buffer = Buffer.concat([this.#held, chunk]);
    this.#held = Buffer.alloc(0);
    while (this.#state !== 'after') {
      const at = rest.indexOf(this.#mark);
      const end = at === -1 ? -1 : rest.indexOf(NEWLINE, at);
      // A mark may come in two pieces: what could be its beginning waits.
      const sure = at === -1 ? rest.length - this.#begins(rest) : at;
      if (sure > 0) this.#pass(rest.subarray(0, sure));
      if (end === -1) {
        this.#held = rest.subarray(sure);
        return;
      }
      this.#onMark(rest.toString('utf8', at + this.#mark.length, end));
      rest = rest.subarray(end + 1);
    }
  }

  /** How many bytes at the end of these may begin a mark. */
  #begins(bytes: Buffer): number {
    let length = Math.min(bytes.length, this.#mark.length - 1);
    while (!bytes.subarray(bytes.length - length).equals(this.#mark.subarray(0, length))) length -= 1;
    return length;
  }

  #pass(bytes: Buffer): void {
    if (this.#state === 'within') this.#parts.onBytes(bytes);
    else this.#noise = Buffer.concat([this.#noise, bytes]).subarray(-NOISE);
  }

  #onMark(words: string): void {
    if (this.#state === 'before' && words === '') {
      this.#state = 'within';
      this.#parts.onBegin?.();
    } else {
      this.#state = 'after';
      this.#parts.onEnd(words);
    }
  }
}
