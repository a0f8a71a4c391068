import type { Kind } from './kind.ts';

/** How often something of a kind was replaced, and how many different values that were. */
export interface Tally {
  readonly values: number;
  readonly places: number;
}

/** Which pseudonym stands for which identity: equal ones get the same, different ones different ones. */
export class Pseudonyms {
  /** Number of a value by how its shape counts and its one spelling. */
  readonly #numbers = new Map<string, number>();
  readonly #shapes = new Map<string, Kind['shape']>();
  /** Numbers that are given, or that were in the text before. */
  readonly #taken = new Map<string, Set<number>>();
  readonly #next = new Map<string, number>();
  readonly #issued = new Set<string>();
  readonly #values = new Map<string, Set<string>>();
  readonly #places = new Map<string, number>();

  /** Whether a text is a pseudonym, and so nobody's identity. */
  isIssued(text: string): boolean {
    return this.#issued.has(text.toLowerCase());
  }

  /** Notes another form of a pseudonym, such as its base64. */
  issueAlso(text: string): void {
    this.#issued.add(text.toLowerCase());
  }

  /** Keeps the number of a pseudonym that an earlier redaction left in a text; false where it is none. */
  reserve(kind: Kind, found: string): boolean {
    const n = kind.shape.numberOf(found);
    if (n === null) return false;
    this.#takenOf(kind.shape.count(found)).add(n);
    this.#issued.add(found.toLowerCase());
    return true;
  }

  /** The pseudonym of a value, spelled as `found` is. */
  of(kind: Kind, found: string, canonical: string): string {
    const counted = kind.shape.count(found);
    const key = `${counted}\n${canonical}`;
    // A name that is both a user's and a host's is one name.
    const shape = this.#shapes.get(key) ?? kind.shape;
    const n = this.#numbers.get(key) ?? this.#give(key, counted, shape);
    const made = shape.make(n, found);
    this.#issued.add(made.toLowerCase());
    this.#tally(kind.name, canonical);
    return made;
  }

  /** What was replaced so far, by the kind's name. */
  tallies(): ReadonlyMap<string, Tally> {
    return new Map(
      [...this.#places].map(([name, places]) => [
        name,
        { values: this.#values.get(name)?.size ?? 0, places },
      ]),
    );
  }

  #give(key: string, counted: string, shape: Kind['shape']): number {
    const taken = this.#takenOf(counted);
    let n = this.#next.get(counted) ?? 1;
    while (taken.has(n)) n += 1;
    this.#next.set(counted, n + 1);
    this.#numbers.set(key, n);
    this.#shapes.set(key, shape);
    return n;
  }

  #takenOf(counted: string): Set<number> {
    const known = this.#taken.get(counted);
    if (known !== undefined) return known;
    const made = new Set<number>();
    this.#taken.set(counted, made);
    return made;
  }

  #tally(name: string, canonical: string): void {
    this.#places.set(name, (this.#places.get(name) ?? 0) + 1);
    const values = this.#values.get(name) ?? new Set<string>();
    this.#values.set(name, values.add(canonical));
  }
}
