import type { Fact, FactKey, FactValues } from '../fact.ts';
import type { NumberedLine, Part } from '../part.ts';
import { QUOTE_CAP, type Quote } from '../quote.ts';

/** What a reader made of a part. */
export interface Reading {
  readonly facts: readonly Fact[];
  /** Lines that should have said something and were not understood. */
  readonly notUnderstood: readonly Quote[];
}

/** A fact without its place. */
export type Said = {
  readonly [Key in FactKey]: { readonly key: Key; readonly value: FactValues[Key] };
}[FactKey];

/** A fact, checked by its key: `said('pveVersion', '9.0')`. */
export function said<Key extends FactKey>(key: Key, value: FactValues[Key]): Said {
  return { key, value } as unknown as Said;
}

export function quoteOf(part: Part, line: NumberedLine): Quote {
  return { input: part.input, line: line.n, text: line.text.slice(0, QUOTE_CAP) };
}

/** The same facts, with who said them and where; each once. */
export function placed(facts: readonly Said[], by: Fact['by'], quote: Quote): readonly Fact[] {
  const once = new Map(facts.map((fact) => [`${fact.key} ${String(fact.value)}`, fact]));
  return [...once.values()].map((fact) => ({ ...fact, by, quote }));
}

/** Reads a part line by line, where each line speaks for itself and none must be understood. */
export function readLines(part: Part, by: Fact['by'], read: (text: string) => readonly Said[]): Reading {
  const facts = part.lines.flatMap((line) =>
    placed(read(line.text.slice(0, 4_000)), by, quoteOf(part, line)),
  );
  return { facts, notUnderstood: [] };
}
