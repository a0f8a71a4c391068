import type { InputSeen } from '../diagnosis.ts';
import type { Part } from '../part.ts';
import { contentOf, HEAD, ROM_LIMIT, type Content } from './binary.ts';
import { seenParts, sortParts } from './sort-parts.ts';
import { TextReader } from './text-reader.ts';
import { wantedOf } from './wanted.ts';

/** One input, read to its end. */
export interface ReadInput {
  readonly seen: InputSeen;
  /** In the order of their lines. */
  readonly parts: readonly Part[];
  /** How many lines of its logs hold each of the literals that were given, kept or not. */
  readonly held: ReadonlyMap<string, number>;
}

/**
 * Reads one input piece by piece and tells by its content alone what it is made of; an empty file has only its name to
 * tell by. Never throws: what is too much, cut
 * or not recognised is said in `seen.problem`. Bounded, whatever comes in; the pieces' boundaries do not matter.
 */
export class InputReader {
  private readonly name: string;
  private readonly literals: readonly string[];
  private readonly text: TextReader;
  private content: Content | null = null;
  private head: Uint8Array[] = [];
  private headSize = 0;
  private bytes = 0;
  private decoder: TextDecoder | null = null;
  private readonly encoder = new TextEncoder();
  private readonly rom: Uint8Array[] = [];

  /**
   * @param name of the input, as the person gave it
   * @param literals of a log, lines that hold one of these are kept; give the same array for each input, what is made
   *   of it is kept
   */
  constructor(name: string, literals: readonly string[]) {
    this.name = name;
    this.literals = literals;
    this.text = new TextReader(wantedOf(literals));
  }

  write(chunk: Uint8Array): void {
    this.bytes += chunk.length;
    if (this.content !== null) {
      this.read(chunk);
      return;
    }
    this.head.push(chunk.slice());
    this.headSize += chunk.length;
    if (this.headSize >= HEAD) this.decide();
  }

  /** Ends the input. */
  end(): ReadInput {
    if (this.content === null) this.decide();
    if (this.decoder !== null) this.text.write(this.encoder.encode(this.decoder.decode()));
    this.text.bytes.end();
    const parts = this.parts();
    const problem = this.problem();
    const { name, bytes, literals } = this;
    const held = new Map(literals.map((literal, id) => [literal, this.text.kept.countOf(id)]));
    return {
      seen: { input: name, parts: seenParts(parts), lines: this.text.lines, bytes, problem },
      parts,
      held,
    };
  }

  private decide(): void {
    const whole = join(this.head);
    this.head = [];
    this.content = contentOf(whole.subarray(0, HEAD));
    if (this.content.startsWith('utf-16')) this.decoder = new TextDecoder(this.content);
    this.read(whole);
  }

  private read(chunk: Uint8Array): void {
    if (this.content === 'binary') return;
    if (this.content !== 'rom') {
      this.text.write(
        this.decoder === null ? chunk : this.encoder.encode(this.decoder.decode(chunk, { stream: true })),
      );
    } else if (this.bytes <= ROM_LIMIT) this.rom.push(chunk.slice());
  }

  private parts(): readonly Part[] {
    if (this.bytes === 0) return ROM_NAME.test(this.name) ? [emptyRom(this.name)] : [];
    if (this.content === 'rom' && this.bytes <= ROM_LIMIT)
      return [{ kind: 'rom', input: this.name, from: 0, to: 0, lines: [], bytes: join(this.rom) }];
    if (this.content === 'rom' || this.content === 'binary')
      return [{ kind: 'unknown', input: this.name, from: 0, to: 0, lines: [], bytes: null }];
    return sortParts(this.name, this.text.items, this.text.kept.all());
  }

  private problem(): string | null {
    if (this.bytes === 0) return EMPTY;
    if (this.content === 'binary') return 'binary, not recognised';
    if (this.content === 'rom')
      return this.bytes <= ROM_LIMIT ? null : `a ROM of more than ${ROM_LIMIT / 1024 / 1024} MiB, not read`;
    const { leftOut } = this.text;
    const { cut } = this.text.bytes;
    const said = [
      ...(leftOut > 0 ? [`${leftOut} lines of text that is no log were left out: there are too many`] : []),
      ...(cut > 0 ? [`${cut} lines were cut: they are too long`] : []),
    ];
    if (said.length > 0) return said.join('; ');
    return this.text.items.length === 0 ? 'nothing but blank lines' : null;
  }
}

/** The problem of a file without a byte. */
export const EMPTY = 'empty';
const ROM_NAME = /\.(?:rom|bin)$/i;

/** A ROM file without a byte. */
export function emptyRom(input: string): Part {
  return { kind: 'rom', input, from: 0, to: 0, lines: [], bytes: new Uint8Array() };
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
