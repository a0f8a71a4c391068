import type { NumberedLine, Part } from '../part.ts';
import { type Quote, QUOTE_CAP } from '../quote.ts';

/** A line of a part as evidence. */
export function lineQuote({ input }: Pick<Part, 'input'>, { n, text }: NumberedLine): Quote {
  return { input, line: n, text: text.slice(0, QUOTE_CAP) };
}
