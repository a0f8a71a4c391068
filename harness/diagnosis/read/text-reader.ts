import { ByteLines, type ByteLine } from './byte-lines.ts';
import { BytePrefix } from './byte-prefix.ts';
import { cleanLine } from './clean-line.ts';
import { entryLine, JsonEntries } from './json-entry.ts';
import { KeptLines } from './kept-lines.ts';
import { logPrefix } from './log-prefix.ts';
import type { Item, Stretch } from './stretch.ts';
import type { Wanted } from './wanted.ts';
import { withoutMargin } from './without-margin.ts';
import { wrapped } from './wrapped.ts';

/** So many lines of text are kept whatever they say; then only those that hold what is looked for. */
const TEXT_LIMIT = 20_000;
const CHARACTERS_LIMIT = 24 * 1024 * 1024;
const ITEM_LIMIT = 100_000;
/** Kernels write a little out of order. Whole seconds. */
const JITTER = 1;

/** Splits bytes (UTF-8) into lines, sorts out those of logs, and keeps what may matter. */
export class TextReader {
  readonly items: Item[] = [];
  readonly kept: KeptLines;
  lines = 0;
  /** Lines of text that were left out. */
  leftOut = 0;
  readonly bytes: ByteLines;
  private readonly wanted: Wanted;
  private readonly prefix = new BytePrefix();
  private readonly json = new JsonEntries();
  private readonly decoder = new TextDecoder();
  private stretch: Stretch | null = null;
  private texts = 0;
  private characters = 0;
  private blank = 0;
  /** The line right above, if it is a log's: its bytes, or what was made of it. */
  private raw: ByteLine | null = null;
  private above: Above | null = null;
  /** Width of the widest line of this log. */
  private longest = 0;

  constructor(wanted: Wanted) {
    this.wanted = wanted;
    this.kept = new KeptLines(wanted.kept);
    this.bytes = new ByteLines(wanted.automaton, (line) => {
      this.line(line);
    });
  }

  write(chunk: Uint8Array): void {
    this.bytes.write(chunk);
    // The chunk's memory is not ours.
    if (this.raw !== null)
      this.raw = {
        ...this.raw,
        bytes: this.raw.bytes.slice(this.raw.from, this.raw.to),
        from: 0,
        to: this.raw.to - this.raw.from,
      };
  }

  private line(line: ByteLine): void {
    const { bytes, from, to, odd, hits } = line;
    this.lines += 1;
    const wanted = hits?.some((id) => id < this.wanted.kept) ?? false;
    if (!odd && this.prefix.takes(bytes, from, to)) {
      this.extend(this.prefix.seconds, hits?.includes(this.wanted.boots) ?? false);
      this.raw = line;
      this.above = null;
      if (to - from > this.longest) this.longest = to - from;
      if (wanted) this.keep([this.decoder.decode(bytes.subarray(from, to))], this.lines, new Set(hits));
      else if (hits !== null) this.sign(hits);
      return;
    }
    if (!wanted && !odd && isEntry(bytes, from, to)) {
      this.extend(-1, false);
      this.raw = this.above = null;
      if (hits !== null) this.sign(hits);
      return;
    }
    // Where no more text is kept, what holds nothing of interest is not even looked at.
    if (!wanted && !odd && this.texts >= TEXT_LIMIT && this.raw === null && this.above === null) {
      if (to > from) this.leftOut += 1;
      return;
    }
    this.slow(this.decoder.decode(bytes.subarray(from, to)));
  }

  private slow(given: string): void {
    const { text: clean, framed } = cleanLine(given);
    const text = withoutMargin(clean);
    // `grep -A` parts its matches so.
    if ((text === '' && !framed) || text === '--') {
      this.blank = this.lines;
      this.raw = this.above = null;
      return;
    }
    const entry = this.entry(text);
    if (entry === undefined) {
      if (logPrefix(text) !== null) this.logLine(text);
      else if (framed || !this.goesOn(text)) this.textLine(text, framed);
    } else if (entry !== null) this.logLine(entry);
  }

  /** The text of a log's entry in JSON; null inside of one, undefined where the line is none. */
  private entry(text: string): string | null | undefined {
    if (text.startsWith('{"') && !text.startsWith('{"schema"')) return entryLine(text) ?? undefined;
    const taken = this.json.take(text);
    return taken === null ? undefined : taken.entry;
  }

  private logLine(text: string): void {
    const prefix = logPrefix(text);
    const ids = this.wanted.in(text);
    this.extend(Math.floor(prefix?.time ?? -1), ids.has(this.wanted.boots), prefix?.libvirt);
    this.raw = null;
    this.above = { text, width: text.length, n: this.lines };
    this.longest = Math.max(this.longest, text.length);
    this.keep([text], this.lines, ids);
  }

  private extend(seconds: number, boots: boolean, libvirt = false): void {
    const now = this.stretch;
    const back = now !== null && (boots || (seconds >= 0 && seconds < now.last - JITTER));
    this.blank = 0;
    if (now !== null && !(back && this.items.length < ITEM_LIMIT)) {
      now.to = this.lines;
      if (seconds >= 0) now.last = seconds;
      now.libvirt ||= libvirt;
      return;
    }
    if (now === null) this.longest = 0;
    const n = this.lines;
    this.stretch = {
      from: n,
      to: n,
      first: seconds,
      last: seconds,
      host: 0,
      hostLike: 0,
      guest: 0,
      libvirt,
    };
    this.items.push({ log: this.stretch });
  }

  private keep(readings: readonly string[], n: number, ids: ReadonlySet<number>): void {
    const wanted = [...ids].filter((id) => id < this.wanted.kept);
    if (wanted.length < ids.size) this.sign(ids);
    if (wanted.length > 0)
      this.kept.add(
        readings.map((text) => ({ n, text })),
        wanted,
      );
  }

  /** Notes what shows whose kernel speaks. */
  private sign(ids: Iterable<number>): void {
    const { stretch } = this;
    const { kept, likeFrom, guestFrom } = this.wanted;
    if (stretch === null) return;
    const said = { host: 0, hostLike: 0, guest: 0 };
    for (const id of ids) {
      if (id >= guestFrom) said.guest = 1;
      else if (id >= likeFrom) said.hostLike = 1;
      else if (id >= kept) said.host = 1;
    }
    stretch.host += said.host;
    stretch.hostLike += said.hostLike;
    stretch.guest += said.guest;
  }

  /** Whether the line only goes on with the log's line right above it, which a terminal or a mail has wrapped. */
  private goesOn(text: string): boolean {
    const above = this.lineAbove();
    const joined = above === null ? null : wrapped(above.text, text, above.width, this.longest);
    if (above === null || joined === null) return false;
    const found = joined.readings.map((reading) => this.wanted.in(reading));
    const before = this.wanted.in(above.text);
    const after = this.wanted.in(text);
    const seam = found.some((ids) => [...ids].some((id) => !before.has(id) && !after.has(id)));
    this.kept.takeBack(above.n);
    this.keep(joined.readings, above.n, new Set(found.flatMap((ids) => [...ids])));
    if (joined.alone && !seam) return false;
    this.raw = null;
    this.above = { text: joined.readings[0], width: text.length, n: above.n };
    if (this.stretch !== null) this.stretch.to = this.lines;
    return true;
  }

  private lineAbove(): Above | null {
    if (this.raw === null) return this.above;
    const { bytes, from, to } = this.raw;
    return {
      text: this.decoder.decode(bytes.subarray(from, to)).trimEnd(),
      width: to - from,
      n: this.lines - 1,
    };
  }

  private textLine(text: string, framed: boolean): void {
    const hit = [...this.wanted.in(text)].some((id) => id < this.wanted.own);
    const room = this.texts < TEXT_LIMIT && this.characters < CHARACTERS_LIMIT;
    this.raw = this.above = null;
    if (!room && !(hit && this.texts < 2 * TEXT_LIMIT)) {
      this.leftOut += 1;
      return;
    }
    this.texts += 1;
    this.characters += text.length;
    this.stretch = null;
    if (this.blank > 0) this.items.push({ line: { n: this.blank, text: '', framed: false, hit: false } });
    this.blank = 0;
    this.items.push({ line: { n: this.lines, text, framed, hit } });
  }
}

/** An entry of the journal in JSON, which begins with one of its own keys. */
function isEntry(bytes: Uint8Array, from: number, to: number): boolean {
  const letter = bytes[from + 2] ?? 0;
  return (
    to > from + 2 && bytes[from] === 0x7b && bytes[from + 1] === 0x22 && letter >= 0x41 && letter <= 0x5f
  );
}

interface Above {
  readonly text: string;
  /** Of its last line, if it was wrapped itself. */
  readonly width: number;
  readonly n: number;
}
