import { describe, expect, test } from 'vitest';
import { FINDING_IDS } from './finding-id.ts';
import { REFERENCE } from './reference.ts';

const PREFIXES = new Set(FINDING_IDS.flatMap((id) => (id.includes('.') ? [id.split('.')[0]] : [])));

describe.each(FINDING_IDS.map((id) => [id, REFERENCE[id]] as const))('%s', (_, entry) => {
  const { title, meaning, evidence, confusedWith, fix, sources } = entry;
  const texts = [meaning, evidence, confusedWith, fix].filter((text) => text !== null);

  test('has a title of one line, without a full stop', () => {
    expect(title).toMatch(/^\S[^\n]{5,88}[^.\s]$/);
  });

  test('means something in two to four sentences', () => {
    const sentences = meaning.replaceAll(/\d\.\d/g, '').match(/[.!?](?=\s|$)/g) ?? [];
    expect(sentences.length).toBeGreaterThanOrEqual(2);
    expect(sentences.length).toBeLessThanOrEqual(4);
  });

  test('ends each text as a sentence, and leaves no quote open', () => {
    for (const text of texts) {
      expect(text).toMatch(/[.!?`”)]$/);
      expect(text.split('`').length % 2).toBe(1);
      expect(text.split('“').length).toBe(text.split('”').length);
    }
  });

  test('names only findings that exist', () => {
    const named = texts.flatMap((text) => [...text.matchAll(/`([a-z]+)\.[a-z0-9-]+`/g)]);
    const unknown = named.filter(([word, prefix]) => PREFIXES.has(prefix) && !isId(word));
    expect(unknown.map(([word]) => word)).toEqual([]);
  });

  test('has sources', () => {
    expect(sources.every((source) => source.length > 5)).toBe(true);
  });
});

function isId(word: string): boolean {
  return (FINDING_IDS as readonly string[]).includes(word.slice(1, -1));
}
