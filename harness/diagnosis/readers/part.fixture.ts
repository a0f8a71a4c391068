import type { Fact } from '../fact.ts';
import type { Part, PartKind } from '../part.ts';
import type { Reading } from './reading.ts';

/** A part of these lines. */
export function partOf(kind: PartKind, text: string): Part {
  const lines = text.split('\n').map((line, at) => ({ n: at + 1, text: line }));
  return { kind, input: `${kind}.txt`, from: 1, to: lines.length, lines, bytes: null };
}

/** `key=value` of every fact, sorted, each once. */
export function spelled({ facts }: Reading): readonly string[] {
  return [...new Set(facts.map(({ key, value }: Fact) => `${key}=${String(value)}`))].toSorted();
}
