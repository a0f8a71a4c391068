import { baseName } from './base-name.ts';
import { archiveKind } from './archive-kind.ts';
import { ARCHIVE_LIMITS, Budget, NotRead, type ArchiveLimits } from './archive/budget.ts';
import { Files } from './archive/files.ts';
import { Gzipped } from './archive/gzipped.ts';
import { inflate } from './archive/inflate.ts';
import { TarReader } from './archive/tar.ts';
import { zipEntries } from './archive/zip.ts';
import type { ReadInput } from './read/input-reader.ts';

/**
 * Reads an archive into one input a file, named `archive.zip/file`: zip, tar, and gzip with a tar or a single file in
 * it. Never throws: what is damaged, encrypted, too much, or an archive again is said in the `problem` of its input, or
 * of one that is named as the archive. What was read before that is kept.
 *
 * @param bytes of the whole archive
 * @param literals as for `InputReader`
 */
export function readArchive(
  name: string,
  bytes: Uint8Array,
  literals: readonly string[],
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): readonly ReadInput[] {
  const files = new Files(name, literals, limits.entries);
  try {
    readInto(files, name, bytes, new Budget(limits, bytes.length));
  } catch (error) {
    files.failWhole(error, bytes.length);
  }
  return files.read;
}

function readInto(files: Files, name: string, bytes: Uint8Array, budget: Budget): void {
  switch (archiveKind(bytes)) {
    case 'zip':
      readZip(files, bytes, budget);
      return;
    case 'gzip': {
      const content = new Gzipped(files, withoutEnding(name));
      inflate('gzip', bytes, budget, (piece) => {
        content.write(piece);
      });
      content.end();
      return;
    }
    case 'tar': {
      budget.spend(bytes.length);
      const tar = new TarReader(files);
      tar.write(bytes);
      tar.end();
      return;
    }
    case null:
      throw new NotRead('it is no archive that is read here');
  }
}

/** What is wrong with one file of a zip archive does not concern the next. */
function readZip(files: Files, bytes: Uint8Array, budget: Budget): void {
  for (const { name, read } of zipEntries(bytes, budget)) {
    files.begin(name);
    try {
      read((piece) => {
        files.take(piece);
      });
      files.end();
    } catch (error) {
      files.fail(error);
    }
  }
}

function withoutEnding(name: string): string {
  return baseName(name).replace(/\.gz$/i, '');
}
