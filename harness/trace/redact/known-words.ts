import type { Kind } from './kind.ts';

/** A word that was found to be an identity where something beside it told so. */
interface Known {
  readonly kind: Kind;
  readonly canonical: string;
}

const SHORTEST = 4;
/** Whole as somebody wrote them, and as the words that a name is put together of. */
const TOKENS = [
  /[\p{L}\p{N}][\p{L}\p{N}_.:+-]{2,}[\p{L}\p{N}]/gu,
  /[\p{L}\p{N}][\p{L}\p{N}_-]{2,}[\p{L}\p{N}]/gu,
];
const PARTS = /[\p{L}\p{N}]{8,}/gu;

/** The words that are known to be identities, to be found where nothing beside them tells so. */
export class KnownWords {
  readonly #words = new Map<string, Known>();
  readonly #keep: (word: string) => boolean;

  /** @param keep whether a word must stay where nothing tells that it is an identity, since other things are called so */
  constructor(keep: (word: string) => boolean) {
    this.#keep = keep;
  }

  add(kind: Kind, canonical: string): void {
    if (canonical.length < SHORTEST || /^\d{1,7}$/.test(canonical) || this.#keep(canonical)) return;
    if (kind.spreads === 'none' || (kind.spreads === 'odd' && !standsOut(canonical))) return;
    if (!this.#words.has(canonical)) this.#words.set(canonical, { kind, canonical });
  }

  /** @param replace gives the pseudonym of a word */
  replaceIn(text: string, replace: (found: string, known: Known) => string): string {
    if (this.#words.size === 0) return text;
    const one = (found: string): string => {
      const known = this.#words.get(found.toLowerCase());
      return known === undefined ? found : replace(found, known);
    };
    return TOKENS.reduce((out, token) => out.replace(token, one), text).replace(PARTS, (part) =>
      // In the middle of something longer only what nobody says by chance.
      /\d/.test(part) && /\p{L}/u.test(part) ? one(part) : part,
    );
  }
}

/** A word that is nobody's but its owner's: with a digit or a dash in it. */
export function standsOut(word: string): boolean {
  return /\p{L}/u.test(word) && /[\d_-]/.test(word);
}
