import { LineSplitter } from './lines.ts';

const ONE_LINE = 10_000;
const MAX_OUTPUT = 16 * 1024 * 1024;

export interface OutputOptions {
  /** Every line as it comes, cut at 10 kB. */
  readonly onLine?: (line: string) => void;
  /** Bytes that are kept. Default 16 MiB. */
  readonly maxOutput?: number;
}

/** What zx's store asks of an array, keeping nothing. */
export class KeepsNothing extends Array<string | Buffer> {
  override push(): number {
    return 0;
  }
}

/** Keeps one output stream up to its bound and hands on its lines. */
export class BoundedOutput extends KeepsNothing {
  readonly #chunks: Buffer[] = [];
  readonly #limit: number;
  readonly #tooMuch: () => void;
  readonly #lines: LineSplitter | null;
  #size = 0;

  constructor(options: OutputOptions, tooMuch: () => void) {
    super();
    const { onLine } = options;
    this.#limit = options.maxOutput ?? MAX_OUTPUT;
    this.#tooMuch = tooMuch;
    this.#lines = onLine ? new LineSplitter(ONE_LINE, (line) => { onLine(line.toString()); }) : null; // prettier-ignore
  }

  override push(...chunks: (string | Buffer)[]): number {
    for (const chunk of chunks) this.#take(Buffer.from(chunk));
    return 0;
  }

  #take(chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > this.#limit) {
      this.#tooMuch();
      return;
    }
    this.#chunks.push(chunk);
    this.#lines?.push(chunk);
  }

  end(): void {
    this.#lines?.end();
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString();
  }
}
