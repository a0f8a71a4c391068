/** What `next` says where a byte is one of the events. */
export const EVENT = -1;

/** The row in which every search begins. */
const ROOT = 0;
/** The class of all events. */
const EVENTS = 1;

/**
 * Finds many texts in bytes in one pass (Aho and Corasick, 1975), whatever the case of ASCII letters. `next` is the
 * whole machine: from a row and a byte's class to the next row; a negative entry `~row` says that a text ends there.
 * It is made at every start, so most of it is made by copying whole rows.
 */
export class Automaton {
  readonly classOf: Uint8Array;
  readonly next: Int32Array;
  private readonly classes: number;
  /** By the number of the row's state. */
  private readonly ends: readonly (readonly number[] | undefined)[];

  /**
   * @param texts what to look for; an empty one is never found
   * @param events bytes that no text may span: each leads to the start, and `next` says so by `EVENT`
   */
  constructor(texts: readonly string[], events: readonly number[] = []) {
    const encoder = new TextEncoder();
    const words = texts.map((text) => encoder.encode(text));
    this.classOf = classesOf(words, events);
    this.classes = Math.max(...this.classOf, EVENTS) + 1;
    const trie = grow(words, this.classOf, this.classes);
    // Every other row is made of this one, directly or not.
    trie.next.fill(ROOT, ROOT, this.classes);
    trie.next[ROOT + EVENTS] = EVENT;
    for (const level of trie.levels) link(trie, level, this.classes);
    this.next = trie.next;
    this.ends = trie.ends;
  }

  /** Numbers of the texts that end where the machine has come to `row`. */
  endingAt(row: number): readonly number[] {
    return this.ends[row / this.classes] ?? [];
  }

  /** Numbers of all texts that the bytes hold. */
  find(bytes: Uint8Array): ReadonlySet<number> {
    const { classOf, next } = this;
    const found = new Set<number>();
    let row = ROOT;
    for (const byte of bytes) {
      row = next[row + (classOf[byte] ?? 0)] ?? ROOT;
      if (row >= 0) continue;
      row = row === EVENT ? ROOT : ~row;
      for (const id of this.endingAt(row)) found.add(id);
    }
    return found;
  }
}

function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}

/** 0: a byte of no text; then `EVENTS`; then one class for each letter that some text has. */
function classesOf(words: readonly Uint8Array[], events: readonly number[]): Uint8Array {
  const classOf = new Uint8Array(256);
  for (const byte of events) classOf[byte] = EVENTS;
  let classes = EVENTS + 1;
  for (const word of words)
    for (const byte of word) {
      const letter = lower(byte);
      if (classOf[letter] === 0) classOf[letter] = classes++;
    }
  for (let byte = 0x41; byte <= 0x5a; byte += 1) classOf[byte] = classOf[lower(byte)] ?? 0;
  return classOf;
}

/** A letter after a beginning that texts share. */
interface Step {
  /** Where in `next` it stands. */
  readonly at: number;
  /** Where it leads to. */
  readonly row: number;
}

interface Trie {
  readonly next: Int32Array;
  readonly ends: (number[] | undefined)[];
  /** First the steps from the root, then those from where these lead to, and so on. */
  readonly levels: readonly (readonly Step[])[];
}

function grow(words: readonly Uint8Array[], classOf: Uint8Array, classes: number): Trie {
  const room = words.reduce((sum, word) => sum + word.length, 1);
  const next = new Int32Array(room * classes);
  const ends: (number[] | undefined)[] = [];
  const levels: Step[][] = [];
  let free = classes;
  words.forEach((word, id) => {
    let row = ROOT;
    for (let depth = 0; depth < word.length; depth += 1) {
      const letter = classOf[word[depth] ?? 0] ?? 0;
      if (letter === EVENTS) return;
      const at = row + letter;
      row = next[at] ?? ROOT;
      if (row !== ROOT) continue;
      row = free;
      free += classes;
      next[at] = row;
      (levels[depth] ??= []).push({ at, row });
    }
    if (row !== ROOT) (ends[row / classes] ??= []).push(id);
  });
  return { next: next.slice(0, free), ends, levels };
}

/**
 * Finishes the rows that the steps of one level lead to; the levels before are finished. Where a text breaks off, the
 * search goes on with the longest end of what was read that begins a text: a row is that one's, but for its own letters.
 */
function link({ next, ends }: Trie, level: readonly Step[], classes: number): void {
  const instead = level.map(({ at }) => {
    const to = next[at] ?? ROOT;
    return to < 0 ? ~to : to;
  });
  level.forEach(({ at, row }, index) => {
    // What ends here is also whatever ends at that end.
    const inherited = ends[(instead[index] ?? ROOT) / classes];
    if (inherited !== undefined) (ends[row / classes] ??= []).push(...inherited);
    next[at] = ends[row / classes] === undefined ? row : ~row;
  });
  level.forEach(({ row }, index) => {
    const from = instead[index] ?? ROOT;
    next.copyWithin(row, from, from + classes);
  });
}
