/** Lines by a signature's id. Tests alone use them, so that no browser loads them. */
export type Examples = Readonly<Record<string, SignatureExamples>>;

interface SignatureExamples {
  /** Lines that it matches. */
  readonly matches: readonly [string, ...string[]];
  /** Lines that look like it, and mean something else. */
  readonly not: readonly [string, ...string[]];
}
