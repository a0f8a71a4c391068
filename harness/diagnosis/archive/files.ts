import { ARCHIVE_HEAD, archiveKind } from '../archive-kind.ts';
import { InputReader, type ReadInput } from '../read/input-reader.ts';
import { NotRead } from './budget.ts';
import { EntryNames } from './entry-name.ts';
import type { TarTarget } from './tar.ts';

/** The inputs that an archive's files become, one after the other. */
export class Files implements TarTarget {
  readonly read: ReadInput[] = [];
  private readonly archive: string;
  private readonly literals: readonly string[];
  private readonly most: number;
  private readonly names: EntryNames;
  private current: Entry | null = null;

  constructor(archive: string, literals: readonly string[], most: number) {
    this.archive = archive;
    this.literals = literals;
    this.most = most;
    this.names = new EntryNames(archive);
  }

  /** @throws NotRead where there are too many */
  begin(entry: string): void {
    if (this.read.length >= this.most) throw new NotRead(`only its first ${this.most} files are read`);
    this.current = new Entry(this.names.of(entry), this.literals);
  }

  take(piece: Uint8Array): void {
    this.current?.take(piece);
  }

  end(): void {
    if (this.current !== null) this.read.push(this.current.end(null));
    this.current = null;
  }

  /** Ends the present file as far as it came. */
  fail(error: unknown): void {
    if (!(error instanceof NotRead) || this.current === null) throw error;
    this.read.push(this.current.end(error.message));
    this.current = null;
  }

  /** The archive is not read on. */
  failWhole(error: unknown, bytes: number): void {
    if (!(error instanceof NotRead)) throw error;
    if (this.current !== null) this.fail(error);
    this.read.push(unread(this.archive, bytes, `not read to its end: ${error.message}`));
  }
}

/** One file of an archive. */
class Entry {
  private readonly name: string;
  private readonly reader: InputReader;
  private readonly head = new Uint8Array(ARCHIVE_HEAD);
  private bytes = 0;

  constructor(name: string, literals: readonly string[]) {
    this.name = name;
    this.reader = new InputReader(name, literals);
  }

  take(piece: Uint8Array): void {
    if (this.bytes < ARCHIVE_HEAD) this.head.set(piece.subarray(0, ARCHIVE_HEAD - this.bytes), this.bytes);
    this.bytes += piece.length;
    this.reader.write(piece);
  }

  /** @param problem why it ends early; null where it does not */
  end(problem: string | null): ReadInput {
    const { name, bytes } = this;
    if (archiveKind(this.head) !== null)
      return unread(name, bytes, 'not read: an archive inside an archive is not opened');
    if (problem !== null && bytes === 0) return unread(name, 0, `not read: ${problem}`);
    const read = this.reader.end();
    return problem === null ? read : { ...read, seen: { ...read.seen, problem: `read in part: ${problem}` } };
  }
}

function unread(input: string, bytes: number, problem: string): ReadInput {
  return { seen: { input, parts: [], lines: 0, bytes, problem }, parts: [], held: new Map() };
}
