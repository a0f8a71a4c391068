/**
 * Vocabulary: for each tag the phrases that mean it, separated by `|`, in lower case. A phrase is words that one space
 * separates.
 */
export type Vocabulary<Tag extends string> = Readonly<Record<Tag, string>>;

/** One stretch of words: tagged, or a single word that no phrase begins with. */
export interface Tagged<Tag extends string> {
  readonly tag: Tag | null;
  readonly text: string;
}

const MAX_WORDS = 5;

/** Words of a text: letters of any script, digits, and the marks inside names and versions. */
export function wordsOf(text: string): readonly string[] {
  return (text.toLowerCase().match(/[\p{L}\p{M}\p{N}/_][\p{L}\p{M}\p{N}._/+'-]*/gu) ?? [])
    .map((word) => word.replace(/[.'_-]+$/, ''))
    .filter((word) => word !== '');
}

/** Finds the phrases of a vocabulary in words; the longest wins. */
export class Phrases<Tag extends string> {
  readonly #tags = new Map<string, Tag>();

  constructor(vocabulary: Vocabulary<Tag>) {
    for (const [tag, phrases] of Object.entries(vocabulary) as [Tag, string][])
      for (const phrase of phrases.split('|')) this.#tags.set(phrase, tag);
  }

  /** The tag of exactly these words. */
  exactly(words: readonly string[]): Tag | null {
    return this.#tags.get(words.join(' ')) ?? null;
  }

  tag(words: readonly string[]): readonly Tagged<Tag>[] {
    const tagged: Tagged<Tag>[] = [];
    for (let at = 0; at < words.length;) {
      const found = this.#longest(words, at);
      tagged.push(found ?? { tag: null, text: words[at] ?? '' });
      at += found?.count ?? 1;
    }
    return tagged;
  }

  /** All tags that are found, in order. */
  tags(text: string): readonly Tag[] {
    return this.tag(wordsOf(text)).flatMap(({ tag }) => (tag === null ? [] : [tag]));
  }

  #longest(words: readonly string[], at: number): (Tagged<Tag> & { count: number }) | null {
    for (let count = Math.min(MAX_WORDS, words.length - at); count > 0; count -= 1) {
      const text = words.slice(at, at + count).join(' ');
      const tag = this.#tags.get(text);
      if (tag !== undefined) return { tag, text, count };
    }
    return null;
  }
}
