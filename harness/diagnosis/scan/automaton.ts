/** What `next` says where a byte is one of the events. */
export const EVENT = -1;

/**
 * Finds many texts in bytes in one pass (Aho and Corasick, 1975), whatever the case of ASCII letters. `next` is the
 * whole machine: from a row and a byte's class to the next row; a negative entry `~row` says that a text ends there.
 */
export class Automaton {
  readonly classOf: Uint8Array;
  readonly next: Int32Array;
  private readonly classes: number;
  private readonly ends: readonly (readonly number[])[];

  /**
   * @param texts what to look for; an empty one is never found
   * @param events bytes that no text may span: each leads to the start, and `next` says so by `EVENT`
   */
  constructor(texts: readonly string[], events: readonly number[] = []) {
    const words = texts.map((text) => new TextEncoder().encode(text).map(lower));
    this.classOf = classesOf(words, events);
    this.classes = Math.max(...this.classOf, 1) + 1;
    const trie = grow(words, this.classOf, this.classes);
    this.ends = link(trie, this.classes);
    this.next = rows(trie.next, this.ends, this.classes);
  }

  /** Numbers of the texts that end where the machine has come to `row`. */
  endingAt(row: number): readonly number[] {
    return this.ends[row / this.classes] ?? [];
  }

  /** Numbers of all texts that the bytes hold. */
  find(bytes: Uint8Array): ReadonlySet<number> {
    const { classOf, next } = this;
    const found = new Set<number>();
    let row = 0;
    for (const byte of bytes) {
      row = next[row + (classOf[byte] ?? 0)] ?? 0;
      if (row >= 0) continue;
      row = ~row;
      for (const id of this.endingAt(row)) found.add(id);
    }
    return found;
  }
}

/** States become rows of the table, so that a step needs no multiplication. Plain loops: this runs at every start. */
function rows(states: Int32Array, ends: readonly (readonly number[])[], classes: number): Int32Array {
  const rowOf = new Int32Array(ends.length);
  for (let state = 0; state < rowOf.length; state += 1) {
    rowOf[state] = (ends[state]?.length ?? 0) > 0 ? ~(state * classes) : state * classes;
  }
  const next = new Int32Array(states.length);
  for (let at = 0; at < next.length; at += 1) next[at] = rowOf[states[at] ?? 0] ?? 0;
  // Class 1 is the events' own.
  for (let row = 0; row < next.length; row += classes) next[row + 1] = EVENT;
  return next;
}

interface Trie {
  /** For each state and class the next state; before `link` 0 where there is none. */
  readonly next: Int32Array;
  readonly ends: number[][];
}

function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}

/** 0: a byte of no text; 1: an event; then one class for each letter that some text has. */
function classesOf(words: readonly Uint8Array[], events: readonly number[]): Uint8Array {
  const classOf = new Uint8Array(256);
  let classes = 2;
  for (const word of words) for (const byte of word) if (classOf[byte] === 0) classOf[byte] = classes++;
  for (let byte = 0x41; byte <= 0x5a; byte += 1) classOf[byte] = classOf[lower(byte)] ?? 0;
  for (const byte of events) classOf[byte] = 1;
  return classOf;
}

function grow(words: readonly Uint8Array[], classOf: Uint8Array, classes: number): Trie {
  const room = words.reduce((sum, word) => sum + word.length, 1);
  const next = new Int32Array(room * classes);
  const ends: number[][] = [[]];
  words.forEach((word, id) => {
    let state = 0;
    for (const byte of word) {
      const at = state * classes + (classOf[byte] ?? 0);
      state = next[at] ?? 0;
      if (state === 0) {
        state = ends.push([]) - 1;
        next[at] = state;
      }
    }
    if (state !== 0) ends[state]?.push(id);
  });
  return { next: next.slice(0, ends.length * classes), ends };
}

/** Fills in where to go on when a text breaks off; what ends there is also whatever ends at its suffix. */
function link(trie: Trie, classes: number): readonly (readonly number[])[] {
  const { next, ends } = trie;
  const suffix = new Int32Array(ends.length);
  const queue: number[] = [];
  for (let letter = 0; letter < classes; letter += 1) if (next[letter] !== 0) queue.push(next[letter] ?? 0);
  for (const state of queue) {
    const behind = suffix[state] ?? 0;
    const inherited = ends[behind] ?? [];
    if (inherited.length > 0) ends[state]?.push(...inherited);
    for (let letter = 0; letter < classes; letter += 1) {
      const at = state * classes + letter;
      const instead = next[behind * classes + letter] ?? 0;
      const to = next[at] ?? 0;
      if (to === 0) next[at] = instead;
      else {
        suffix[to] = instead;
        queue.push(to);
      }
    }
  }
  return ends;
}
