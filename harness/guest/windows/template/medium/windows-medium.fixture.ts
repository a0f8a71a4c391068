import { writeFile } from 'node:fs/promises';
import { SECTOR } from './volume.ts';

/** An edition as the XML of an image file has it. */
export interface FixtureImage {
  readonly name: string;
  readonly edition: string;
  readonly architecture?: number;
  readonly build?: number;
  readonly language?: string;
}

export const PRO: FixtureImage = { name: 'Windows 11 Pro', edition: 'Professional' };
export const HOME: FixtureImage = { name: 'Windows 11 Home', edition: 'Core' };

/** The XML of an image file, as DISM writes it: one line, UTF-16 with a mark. */
export function wimXml(images: readonly FixtureImage[]): string {
  const list = images.map(
    ({ name, edition, architecture = 9, build = 26100, language = 'en-US' }, at) =>
      `<IMAGE INDEX="${at + 1}"><DIRCOUNT>25</DIRCOUNT><WINDOWS><ARCH>${architecture}</ARCH>` +
      `<PRODUCTNAME>Microsoft® Windows® Operating System</PRODUCTNAME><EDITIONID>${edition}</EDITIONID>` +
      `<LANGUAGES><LANGUAGE>${language}</LANGUAGE><DEFAULT>${language}</DEFAULT></LANGUAGES>` +
      `<VERSION><MAJOR>10</MAJOR><MINOR>0</MINOR><BUILD>${build}</BUILD><SPBUILD>1742</SPBUILD></VERSION></WINDOWS>` +
      `<NAME>${name}</NAME><DESCRIPTION>${name}</DESCRIPTION></IMAGE>`,
  );
  return `\ufeff<WIM><TOTALBYTES>1</TOTALBYTES>${list.join('')}</WIM>`;
}

/** An image file that holds nothing but its header and its XML. */
export function wim(xml: string): Buffer {
  const text = Buffer.from(xml, 'utf16le');
  const header = Buffer.alloc(208);
  header.write('MSWIM\0\0\0', 'latin1');
  header.writeUInt32LE(208, 8);
  header.writeUIntLE(text.length, 72, 6);
  header.writeBigUInt64LE(208n, 80);
  return Buffer.concat([header, text]);
}

const PARTITION = 257;

/**
 * As much of a UDF 1.02 volume (ECMA-167) as is read, with one file below `sources/`, as Microsoft's media have it: one partition, blocks of
 * 2048 bytes, short allocation descriptors. `pieces` is into how many runs the file is cut, with a hole between them.
 */
export function udfVolume(name: string, file: Buffer, pieces = 1): Buffer {
  const perRun = Math.max(1, Math.ceil(Math.ceil(file.length / SECTOR) / pieces));
  const runs = Array.from({ length: Math.ceil(file.length / SECTOR / perRun) }, (_, at) => ({
    block: 6 + at * (perRun + 1),
    bytes: file.subarray(at * perRun * SECTOR, (at + 1) * perRun * SECTOR),
  }));
  const blocks = 6 + (perRun + 1) * runs.length;
  const image = Buffer.alloc((PARTITION + blocks) * SECTOR);
  const put = (sector: number, bytes: Buffer): void => void bytes.copy(image, sector * SECTOR);
  ['BEA01', 'NSR02', 'TEA01'].forEach((id, at) => {
    put(16 + at, Buffer.from(`\0${id}\x01`, 'latin1'));
  });
  put(32, partitionDescriptor(blocks));
  put(33, logicalVolumeDescriptor());
  put(34, tagged(8, Buffer.alloc(512)));
  put(256, anchor(32, 3));
  put(PARTITION, fileSet(1));
  put(PARTITION + 1, directoryEntry(2, names(['sources', 3, true])));
  put(PARTITION + 2, names(['sources', 3, true]));
  put(PARTITION + 3, directoryEntry(4, names([name, 5, false])));
  put(PARTITION + 4, names([name, 5, false]));
  put(
    PARTITION + 5,
    entry(
      5,
      file.length,
      runs.map(({ block, bytes }) => [bytes.length, block]),
    ),
  );
  for (const { block, bytes } of runs) put(PARTITION + block, bytes);
  return image;
}

/** An ISO with these editions at `path`. */
export async function writeWindowsMedium(path: string, images: readonly FixtureImage[]): Promise<string> {
  await writeFile(path, udfVolume('install.wim', wim(wimXml(images))));
  return path;
}

/** Writes the tag in front of a descriptor, with its checksum (3/7.2). */
function tagged(tag: number, bytes: Buffer): Buffer {
  bytes.writeUInt16LE(tag, 0);
  bytes.writeUInt16LE(2, 2);
  const sum = bytes.subarray(0, 16).reduce((total, byte, at) => (at === 4 ? total : total + byte), 0);
  bytes[4] = sum & 0xff;
  return bytes;
}

function anchor(sector: number, descriptors: number): Buffer {
  const bytes = Buffer.alloc(512);
  bytes.writeUInt32LE(descriptors * SECTOR, 16);
  bytes.writeUInt32LE(sector, 20);
  return tagged(2, bytes);
}

function partitionDescriptor(blocks: number): Buffer {
  const bytes = Buffer.alloc(512);
  bytes.writeUInt32LE(PARTITION, 188);
  bytes.writeUInt32LE(blocks, 192);
  return tagged(5, bytes);
}

function logicalVolumeDescriptor(): Buffer {
  const bytes = Buffer.alloc(512);
  bytes.writeUInt32LE(SECTOR, 212);
  bytes.writeUInt32LE(SECTOR, 248);
  bytes.writeUInt32LE(6, 264);
  bytes.writeUInt32LE(1, 268);
  bytes.set([1, 6], 440);
  return tagged(6, bytes);
}

function fileSet(root: number): Buffer {
  const bytes = Buffer.alloc(512);
  bytes.writeUInt32LE(SECTOR, 400);
  bytes.writeUInt32LE(root, 404);
  return tagged(256, bytes);
}

function directoryEntry(block: number, content: Buffer): Buffer {
  return entry(4, content.length, [[content.length, block]]);
}

function entry(type: number, size: number, runs: readonly (readonly [number, number])[]): Buffer {
  const bytes = Buffer.alloc(176 + runs.length * 8);
  bytes[27] = type;
  bytes.writeBigUInt64LE(BigInt(size), 56);
  bytes.writeUInt32LE(runs.length * 8, 172);
  runs.forEach(([length, block], at) => {
    bytes.writeUInt32LE(length, 176 + at * 8);
    bytes.writeUInt32LE(block, 180 + at * 8);
  });
  return tagged(261, bytes);
}

/** A directory: its parent first, then this name. */
function names([name, block, directory]: readonly [string, number, boolean]): Buffer {
  const identifier = (flags: number, text: string, at: number): Buffer => {
    const bytes = Buffer.alloc((38 + (text === '' ? 0 : text.length + 1) + 3) & ~3);
    bytes.writeUInt16LE(1, 16);
    bytes[18] = flags;
    bytes[19] = text === '' ? 0 : text.length + 1;
    bytes.writeUInt32LE(at, 24);
    if (text !== '') bytes.write(`\x08${text}`, 38, 'latin1');
    return tagged(257, bytes);
  };
  return Buffer.concat([identifier(10, '', 1), identifier(directory ? 2 : 0, name, block)]);
}
