import { ARCHIVE_HEAD, archiveKind } from '../archive-kind.ts';
import type { Files } from './files.ts';
import { TarReader } from './tar.ts';

/** What comes out of gzip: a tar archive, or one file. Which, its first bytes tell. */
export class Gzipped {
  private readonly files: Files;
  private readonly name: string;
  private head = new Uint8Array();
  private begun = false;
  private tar: TarReader | null = null;

  /** @param name of the one file, if it is one */
  constructor(files: Files, name: string) {
    this.files = files;
    this.name = name;
  }

  write(piece: Uint8Array): void {
    if (this.begun) this.give(piece);
    else {
      const longer = new Uint8Array(this.head.length + piece.length);
      longer.set(this.head);
      longer.set(piece, this.head.length);
      this.head = longer;
      if (longer.length >= ARCHIVE_HEAD) this.begin();
    }
  }

  end(): void {
    if (!this.begun) this.begin();
    if (this.tar === null) this.files.end();
    else this.tar.end();
  }

  private begin(): void {
    this.begun = true;
    if (archiveKind(this.head) === 'tar') this.tar = new TarReader(this.files);
    else this.files.begin(this.name);
    this.give(this.head);
  }

  private give(piece: Uint8Array): void {
    if (this.tar === null) this.files.take(piece);
    else this.tar.write(piece);
  }
}
