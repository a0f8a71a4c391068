const CAP = 200;

/** Gives each entry of one archive a name to show: `archive.zip/file`. It is a label, and never a path to open. */
export class EntryNames {
  private readonly archive: string;
  private readonly used = new Map<string, number>();

  constructor(archive: string) {
    this.archive = archive;
  }

  /** Without `..`, drives and leading slashes; of two alike the second is numbered. */
  of(name: string): string {
    const pieces = name
      .slice(0, 4096)
      .replaceAll(/[\0-\x1f\x7f]/g, '?')
      .split(/[\\/]/)
      .filter((piece) => piece !== '' && piece !== '.' && piece !== '..' && !/^[a-z]:$/i.test(piece));
    const clean = pieces.join('/').slice(-CAP) || 'unnamed';
    const times = (this.used.get(clean) ?? 0) + 1;
    this.used.set(clean, times);
    return `${this.archive}/${clean}${times > 1 ? ` (${times})` : ''}`;
  }
}
