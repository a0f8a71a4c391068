import { Automaton, EVENT } from '../scan/automaton.ts';

const NEWLINE = 0x0a;
const RETURN = 0x0d;
/** Longest line that is looked at, in bytes: an answer of the probe is one line. */
export const LINE_LIMIT = 262_144;

/** Bytes after which a line is looked at as it is meant, not as it is written. */
const ODD = [0x00, 0x1b, 0x26, ...Array.from({ length: 128 }, (_, n) => n + 128)];

/** A line where it lies in a buffer, without its end. The buffer is somebody else's once `write` returns. */
export interface ByteLine {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  /** It may not be meant as it is written: terminal colours, entities, anything but ASCII. */
  readonly odd: boolean;
  /** Numbers of the texts that it holds, perhaps more than once; of an odd line perhaps not all. Null: none. */
  readonly hits: readonly number[] | null;
}

/** The machine that finds the texts, for `ByteLines` only. */
export function lineAutomaton(texts: readonly string[]): Automaton {
  return new Automaton(texts, [NEWLINE, RETURN, ...ODD]);
}

/**
 * Splits bytes that come in pieces into lines and finds texts in them, in one pass. A line ends with a line feed,
 * whatever carriage returns stand before it, or with a carriage return alone: old Macs, progress bars.
 */
export class ByteLines {
  /** How many lines were longer than `LINE_LIMIT`; the rest of them is not looked at. */
  cut = 0;
  private readonly automaton: Automaton;
  private readonly take: (line: ByteLine) => void;
  /** The beginning of a line whose end has not come yet. */
  private carry = new Uint8Array(4_096);
  private carried = 0;
  /** Carriage returns behind it, of which only what follows says how many lines they end. */
  private returns = 0;
  private overlong = false;

  constructor(automaton: Automaton, take: (line: ByteLine) => void) {
    this.automaton = automaton;
    this.take = take;
  }

  write(chunk: Uint8Array): void {
    let from = 0;
    while (this.carried > 0 || this.returns > 0) {
      if (from === chunk.length) return;
      const byte = chunk[from];
      if (byte === NEWLINE) {
        this.flush(1);
        from += 1;
      } else if (byte === RETURN) {
        this.returns += 1;
        from += 1;
      } else if (this.returns > 0) this.flush(this.returns);
      else {
        let end = from;
        while (end < chunk.length && chunk[end] !== NEWLINE && chunk[end] !== RETURN) end += 1;
        this.hold(chunk, from, end);
        from = end;
      }
    }
    const rest = this.scan(chunk, from);
    let end = chunk.length;
    for (; end > rest && chunk[end - 1] === RETURN; end -= 1) this.returns += 1;
    this.hold(chunk, rest, end);
  }

  end(): void {
    if (this.carried > 0 || this.returns > 0) this.flush(Math.max(1, this.returns));
  }

  private hold(bytes: Uint8Array, from: number, to: number): void {
    const room = Math.min(to - from, LINE_LIMIT - this.carried);
    if (room < to - from) this.overlong = true;
    if (this.carried + room >= this.carry.length) {
      const larger = new Uint8Array(2 * (this.carried + room));
      larger.set(this.carry.subarray(0, this.carried));
      this.carry = larger;
    }
    this.carry.set(bytes.subarray(from, from + room), this.carried);
    this.carried += room;
  }

  /** @param ends how many lines end here: after the first they are blank */
  private flush(ends: number): void {
    if (this.overlong) this.cut += 1;
    this.overlong = false;
    // A copy: who was given the line may look at it until the next piece has been read.
    const line = new Uint8Array(this.carried + ends).fill(NEWLINE, this.carried);
    line.set(this.carry.subarray(0, this.carried));
    this.carried = this.returns = 0;
    this.scan(line, 0);
  }

  /** All whole lines; returns where the rest begins. */
  private scan(bytes: Uint8Array, start: number): number {
    const { classOf, next } = this.automaton;
    const end = bytes.length;
    let row = 0;
    let from = start;
    let odd = false;
    let hits: number[] | null = null;
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] as number;
      row = next[row + (classOf[byte] as number)] as number;
      if (row >= 0) continue;
      if (row !== EVENT) {
        row = ~row;
        if (at - from < LINE_LIMIT) (hits ??= []).push(...this.automaton.endingAt(row));
        continue;
      }
      row = 0;
      if (byte === RETURN) {
        let behind = at + 1;
        while (behind < end && bytes[behind] === RETURN) behind += 1;
        if (behind === end) return from;
        for (; at < behind - 1 && bytes[behind] !== NEWLINE; at += 1) {
          this.line(bytes, from, at, odd, hits);
          from = at + 1;
          odd = false;
          hits = null;
        }
        if (bytes[behind] === NEWLINE) {
          at = behind - 1;
          continue;
        }
      } else if (byte !== NEWLINE) {
        odd ||= at - from < LINE_LIMIT;
        continue;
      }
      this.line(bytes, from, at, odd, hits);
      from = at + 1;
      odd = false;
      hits = null;
    }
    return from;
  }

  private line(
    bytes: Uint8Array,
    from: number,
    end: number,
    odd: boolean,
    hits: readonly number[] | null,
  ): void {
    let to = Math.min(end, from + LINE_LIMIT);
    if (to < end) this.cut += 1;
    while (to > from && bytes[to - 1] === RETURN) to -= 1;
    this.take({ bytes, from, to, odd, hits });
  }
}
