/** A text to paste, and where it goes. */
export interface Paste {
  readonly where: string;
  readonly text: string;
}
