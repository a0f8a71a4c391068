import { TemplateRefused } from '../template-refused.ts';
import type { ByteReader } from './byte-reader.ts';
import {
  directoryNames,
  extentAt,
  type FileEntry,
  fileEntry,
  logicalVolume,
  partition,
  rootDirectory,
  TAG,
  tagOf,
} from './udf-structures.ts';
import { SECTOR } from './volume.ts';

/** A file on a UDF volume. */
export interface UdfFile {
  /** Bytes. */
  readonly size: number;
  /** Exactly `length` of them. @throws TemplateRefused */
  read(offset: number, length: number): Promise<Buffer>;
}

const ANCHOR = 256;
/** Descriptors of a volume that are looked at; there are some ten. */
const MAX_DESCRIPTORS = 64;
const MAX_DIRECTORY_BYTES = 1024 * 1024;

interface Mounted {
  readonly reader: ByteReader;
  /** The first sector of the partition. */
  readonly start: number;
  readonly fileSet: number;
}

/**
 * Finds a file on a UDF volume of the plain kind that Microsoft's installation media are (one partition, blocks of
 * 2048 bytes). Upper and lower case are the same.
 *
 * @param path such as `['sources', 'install.wim']`
 * @returns null where there is no such file
 * @throws TemplateRefused the volume is damaged, cut off, or of another kind
 */
export async function findUdfFile(reader: ByteReader, path: readonly string[]): Promise<UdfFile | null> {
  const mounted = await mount(reader);
  const fileSet = await block(mounted, mounted.fileSet);
  if (tagOf(fileSet) !== TAG.fileSet) throw damaged(reader, 'its file set is not where it should be');
  let entry = await entryAt(mounted, rootDirectory(fileSet));
  for (const part of path) {
    const names = directoryNames(await directory(mounted, entry));
    if (names === null) throw damaged(reader, `the directory that should hold ${part} is not readable`);
    const named = names.find(({ name }) => name.toLowerCase() === part.toLowerCase());
    if (named === undefined) return null;
    entry = await entryAt(mounted, named.block);
  }
  const { size, directory: isDirectory } = entry.entry;
  return isDirectory ? null : { size, read: (offset, length) => content(mounted, entry, offset, length) };
}

async function mount(reader: ByteReader): Promise<Mounted> {
  if (reader.size < (ANCHOR + 1) * SECTOR) throw damaged(reader, 'it is too short for a UDF volume');
  const anchor = await reader.read(ANCHOR * SECTOR, SECTOR);
  if (tagOf(anchor) !== TAG.anchor) throw damaged(reader, 'it has no UDF anchor');
  const { length, block: first } = extentAt(anchor, 16);
  const partitions: ReturnType<typeof partition>[] = [];
  let volume: ReturnType<typeof logicalVolume> = null;
  for (let at = 0; at < Math.min(MAX_DESCRIPTORS, Math.floor(length / SECTOR)); at++) {
    const descriptor = await reader.read((first + at) * SECTOR, SECTOR);
    const tag = tagOf(descriptor);
    if (tag === TAG.partition) partitions.push(partition(descriptor));
    else if (tag === TAG.logicalVolume) volume = logicalVolume(descriptor);
    else if (tag === TAG.terminating) break;
  }
  const own = partitions.find(({ number }) => number === volume?.partition);
  if (volume === null || own === undefined || volume.blockBytes !== SECTOR)
    throw damaged(reader, "its UDF volume is of a kind that Microsoft's media are not");
  const end = (own.start + own.sectors) * SECTOR;
  if (end > reader.size)
    throw new TemplateRefused(
      `${reader.path} is cut off: its volume has ${end} bytes, the file ${reader.size}. Download or copy it again.`,
    );
  return { reader, start: own.start, fileSet: volume.fileSet };
}

interface PlacedEntry {
  readonly entry: FileEntry;
  readonly block: number;
}

async function entryAt(mounted: Mounted, at: number): Promise<PlacedEntry> {
  const entry = fileEntry(await block(mounted, at));
  if (entry === null) throw damaged(mounted.reader, `there is no file entry at block ${at}`);
  return { entry, block: at };
}

function block({ reader, start }: Mounted, at: number): Promise<Buffer> {
  return reader.read((start + at) * SECTOR, SECTOR);
}

async function directory(mounted: Mounted, placed: PlacedEntry): Promise<Buffer> {
  const { size, directory: isDirectory } = placed.entry;
  if (!isDirectory || size > MAX_DIRECTORY_BYTES)
    throw damaged(mounted.reader, 'a directory is none, or too large');
  return content(mounted, placed, 0, size);
}

async function content(
  mounted: Mounted,
  { entry, block: at }: PlacedEntry,
  offset: number,
  length: number,
): Promise<Buffer> {
  if (offset + length > entry.size) throw damaged(mounted.reader, 'a file on it is shorter than it says');
  const runs =
    'inside' in entry.content
      ? [{ begin: (mounted.start + at) * SECTOR + entry.content.inside, length: entry.size }]
      : entry.content.map((run) => ({ begin: (mounted.start + run.block) * SECTOR, length: run.length }));
  const parts: Buffer[] = [];
  let [from, left] = [offset, length];
  for (const run of runs) {
    const take = Math.min(left, run.length - from);
    if (take > 0) {
      parts.push(await mounted.reader.read(run.begin + from, take));
      left -= take;
    }
    from = Math.max(0, from - run.length);
  }
  if (left > 0) throw damaged(mounted.reader, 'a file on it has fewer blocks than bytes');
  return Buffer.concat(parts);
}

function damaged({ path }: ByteReader, why: string): TemplateRefused {
  return new TemplateRefused(
    `${path} cannot be read as a Windows medium: ${why}. Download or copy it again.`,
  );
}
