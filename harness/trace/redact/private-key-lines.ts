const BEGIN = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/;
const END = /-----END [A-Z ]{0,40}PRIVATE KEY-----/;
/** An RSA key of 16384 bits has some 200 lines. */
const MOST = 400;

/** Takes a private key out of a channel that gives it line by line, so that no line alone shows what it is. */
export class PrivateKeyLines {
  readonly #left = new Map<string, number>();

  /** The line, or as many `x` where it is of a key. */
  hide(channel: string, line: string): string {
    const left = this.#left.get(channel) ?? 0;
    const begins = BEGIN.test(line) && !END.test(line);
    const ends = END.test(line);
    this.#left.set(channel, begins ? MOST : ends ? 0 : Math.max(0, left - 1));
    return left === 0 || begins || ends ? line : 'x'.repeat(line.length);
  }
}
