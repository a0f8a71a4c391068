import type { NumberedLine } from '../part.ts';

/** Of the lines that hold one text, so many are kept from the start of the input, and so many from its end. */
const FIRST = 200;
const LAST = 50;

interface Kept {
  readonly lines: readonly NumberedLine[];
  readonly ids: readonly number[];
  /** How many texts still want it; of the first lines none is ever given up. */
  wanted: number;
}

/** Keeps a bounded choice of the lines of a log, fair to each text: what one text floods does not push out another. */
export class KeptLines {
  private readonly kept = new Set<Kept>();
  private readonly rings = new Map<number, Kept[]>();
  private readonly counts: Int32Array;
  private latest: Kept | null = null;

  /** @param texts how many there are; they are numbered from 0 */
  constructor(texts: number) {
    this.counts = new Int32Array(texts);
  }

  /** How many lines held the text. */
  countOf(id: number): number {
    return this.counts[id] ?? 0;
  }

  /** @param lines one line, in the ways that it may be read: all have its number */
  add(lines: readonly NumberedLine[], ids: readonly number[]): void {
    const full: number[] = [];
    for (const id of ids) {
      const count = (this.counts[id] = (this.counts[id] ?? 0) + 1);
      if (count > FIRST) full.push(id);
    }
    const kept: Kept = {
      lines,
      ids,
      wanted: full.length < ids.length ? Number.POSITIVE_INFINITY : full.length,
    };
    this.kept.add(kept);
    this.latest = kept;
    if (kept.wanted === full.length) this.giveUpOldest(kept, full);
  }

  /** Takes the line of this number back, if it was the last one to be added: more of it has come. */
  takeBack(n: number): void {
    const last = this.latest;
    if (last?.lines[0]?.n !== n) return;
    this.latest = null;
    this.kept.delete(last);
    for (const id of last.ids) this.counts[id] = (this.counts[id] ?? 1) - 1;
  }

  /** In order of their lines. */
  all(): readonly NumberedLine[] {
    return [...this.kept].flatMap(({ lines }) => lines);
  }

  private giveUpOldest(late: Kept, ids: readonly number[]): void {
    for (const id of ids) {
      const ring = this.rings.get(id) ?? [];
      this.rings.set(id, ring);
      ring.push(late);
      if (ring.length <= LAST) continue;
      const oldest = ring.shift();
      if (oldest !== undefined && (oldest.wanted -= 1) === 0) this.kept.delete(oldest);
    }
  }
}
