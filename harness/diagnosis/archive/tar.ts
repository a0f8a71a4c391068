import { NotRead } from './budget.ts';

const BLOCK = 512;
/** Blocks of a long name or of pax records; longer ones are passed over. */
const TEXT_CAP = 65_536;

/** Gets the files of a tar archive: begun, their bytes in pieces, ended. */
export interface TarTarget {
  begin(name: string): void;
  take(piece: Uint8Array): void;
  end(): void;
}

/** What stands behind a header. */
type Body = 'file' | 'long-name' | 'pax' | 'other';

/** Reads a tar archive piece by piece: ustar, GNU's long names, pax paths. Links and devices are passed over. */
export class TarReader {
  private readonly target: TarTarget;
  private readonly header = new Uint8Array(BLOCK);
  private filled = 0;
  private body: Body = 'other';
  private left = 0;
  private padding = 0;
  private text: Uint8Array[] = [];
  private longName: string | null = null;
  private ended = false;

  constructor(target: TarTarget) {
    this.target = target;
  }

  /** @throws NotRead where a header is damaged */
  write(piece: Uint8Array): void {
    for (let at = 0; at < piece.length && !this.ended;) {
      if (this.left > 0) at += this.fromBody(piece.subarray(at, at + this.left));
      else if (this.padding > 0) at += this.skip(piece.length - at);
      else at += this.fromHeader(piece.subarray(at, at + BLOCK - this.filled));
    }
  }

  /** @throws NotRead where the archive ends within a file or a header */
  end(): void {
    if (!this.ended && (this.left > 0 || this.filled > 0)) throw new NotRead('the archive is cut off');
  }

  private skip(available: number): number {
    const skipped = Math.min(this.padding, available);
    this.padding -= skipped;
    return skipped;
  }

  private fromBody(piece: Uint8Array): number {
    this.left -= piece.length;
    if (this.body === 'file') this.target.take(piece);
    else if (this.body !== 'other') this.text.push(piece.slice());
    if (this.left === 0) this.endBody();
    return piece.length;
  }

  private fromHeader(piece: Uint8Array): number {
    this.header.set(piece, this.filled);
    this.filled += piece.length;
    if (this.filled < BLOCK) return piece.length;
    this.filled = 0;
    // A block of zeros ends an archive.
    if (this.header.every((byte) => byte === 0)) this.ended = true;
    else this.begin();
    return piece.length;
  }

  private begin(): void {
    if (octal(this.header, 148, 8) !== checksum(this.header)) throw new NotRead('the archive is damaged');
    const size = octal(this.header, 124, 12);
    if (size === null) throw new NotRead('it has a size that is not read here');
    const type = String.fromCharCode(this.header[156] ?? 0);
    this.left = size;
    this.padding = (BLOCK - (size % BLOCK)) % BLOCK;
    this.body = bodyOf(type, size);
    if (this.body === 'file') this.target.begin(this.longName ?? nameOf(this.header));
    if (size === 0) this.endBody();
  }

  private endBody(): void {
    const text = this.text.map((piece) => new TextDecoder().decode(piece)).join('');
    if (this.body === 'long-name') this.longName = text.replace(/\0+$/, '');
    if (this.body === 'pax') this.longName = /(?:^|\n)\d{1,6} path=([^\n]{1,4096})\n/.exec(text)?.[1] ?? null;
    if (this.body === 'file') this.target.end();
    if (this.body === 'file' || this.body === 'other') this.longName = null;
    this.text = [];
  }
}

function bodyOf(type: string, size: number): Body {
  if (type === '0' || type === '\0' || type === '7') return 'file';
  if (size > TEXT_CAP) return 'other';
  return type === 'L' ? 'long-name' : type === 'x' ? 'pax' : 'other';
}

function nameOf(header: Uint8Array): string {
  const prefix = textOf(header, 345, 155);
  const name = textOf(header, 0, 100);
  return prefix === '' ? name : `${prefix}/${name}`;
}

function textOf(header: Uint8Array, at: number, length: number): string {
  const field = header.subarray(at, at + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

function octal(header: Uint8Array, at: number, length: number): number | null {
  const text = textOf(header, at, length).trim();
  return /^[0-7]{1,12}$/.test(text) ? Number.parseInt(text, 8) : null;
}

/** Of all bytes, with the checksum's own as blanks. */
function checksum(header: Uint8Array): number {
  return header.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
}
