/** Sentences that are fetched together: they have the numbers from `from` to before `to`. */
export interface Sentences {
  readonly from: number;
  readonly to: number;
  readonly load: () => Promise<readonly string[]>;
}

/**
 * Sentences that stand beside the code, with marks in their places. Here there are none; a bundle for browsers, where
 * they are more than the code that picks them, gets its own list in place of this one.
 */
export const PARTS: readonly Sentences[] = [];
