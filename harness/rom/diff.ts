import type { ImageContents, RomContents } from './contents.ts';
import { driverTitle } from './describe-contents.ts';
import { differingRanges, type RangeDiff } from './differing-ranges.ts';
import type { RomFacts, RomImage } from './facts.ts';
import { hex } from './hex.ts';

/** A ROM with all that was read of it. */
export interface ReadRom {
  readonly bytes: Uint8Array;
  readonly facts: RomFacts;
  readonly contents: RomContents;
}

/** What is the same property in both, with different values; null where one of them has none. */
export interface PropertyDiff {
  readonly what: string;
  readonly a: string | null;
  readonly b: string | null;
}

export interface ImageDiff {
  /** From 1. */
  readonly number: number;
  readonly properties: readonly PropertyDiff[];
  /** The bytes of the image in both, offsets from its start; null where one ROM has no such image. */
  readonly bytes: RangeDiff | null;
}

export interface RomDiff {
  readonly equal: boolean;
  readonly properties: readonly PropertyDiff[];
  /** Images that are not wholly equal. */
  readonly images: readonly ImageDiff[];
  /** The bytes of both files. */
  readonly bytes: RangeDiff;
}

/** Compares two ROMs as files and image by image. */
export function diffRoms(a: ReadRom, b: ReadRom): RomDiff {
  const bytes = differingRanges(a.bytes, b.bytes);
  const most = Math.max(a.facts.images.length, b.facts.images.length);
  const images = Array.from({ length: most }, (_, i) => diffImage(a, b, i));
  return {
    equal: bytes.differing === 0 && a.bytes.length === b.bytes.length,
    properties: different(fileProperties(a), fileProperties(b)),
    images: images.filter(({ properties, bytes: own }) => properties.length > 0 || own?.differing !== 0),
    bytes,
  };
}

function diffImage(a: ReadRom, b: ReadRom, index: number): ImageDiff {
  const [inA, inB] = [a.facts.images[index], b.facts.images[index]];
  return {
    number: index + 1,
    properties: different(imageProperties(inA, a.contents[index]), imageProperties(inB, b.contents[index])),
    bytes:
      inA === undefined || inB === undefined
        ? null
        : differingRanges(slice(a.bytes, inA), slice(b.bytes, inB)),
  };
}

function slice(bytes: Uint8Array, { offset, length }: RomImage): Uint8Array {
  return bytes.subarray(offset, offset + length);
}

type Properties = ReadonlyMap<string, string>;

function fileProperties({ facts }: ReadRom): Properties {
  return new Map([
    ['size', `${facts.size} bytes`],
    ['images', String(facts.images.length)],
    ['findings', facts.findings.map(({ id, offset }) => `${id} at ${hex(offset)}`).join(', ') || 'none'],
  ]);
}

function imageProperties(image: RomImage | undefined, contents: ImageContents | undefined): Properties {
  if (image === undefined || contents === undefined) return new Map();
  const { efi, checksumOk } = image;
  const { driver } = contents;
  return new Map<string, string>([
    ['offset', hex(image.offset)],
    ['length', `${image.length} bytes`],
    ['code type', image.codeType],
    ['PCI id', `${image.vendor}:${image.device}`],
    ['device list', contents.deviceList.join(' ') || 'none'],
    ['class code', image.classCode],
    ['PCIR revision', String(contents.pcirRevision)],
    ['PCIR length', `${contents.pcirLength} bytes`],
    ['code revision', hex(contents.codeRevision)],
    ['last image', image.last ? 'yes' : 'no'],
    ...(checksumOk === null ? [] : [['checksum', checksumOk ? 'right' : 'wrong'] as const]),
    ...(efi === undefined
      ? []
      : ([
          ['EFI subsystem', hex(efi.subsystem)],
          ['EFI machine', hex(efi.machine)],
          ['compressed', efi.compressed ? 'yes' : 'no'],
          ['driver offset', hex(efi.peOffset)],
        ] as const)),
    ...(driver === null ? [] : driverProperties(driver)),
    ['Video BIOS Tables', vbtsOf(contents.vbts)],
  ]);
}

function driverProperties(
  driver: NonNullable<ImageContents['driver']>,
): readonly (readonly [string, string])[] {
  const { pe, builtAs, texts, vbts } = driver;
  return [
    ['driver', driverTitle(driver)],
    ['driver size', `${driver.size} bytes`],
    ['built as', builtAs?.text ?? 'unknown'],
    ['driver texts', texts.map(({ text }) => `"${text}"`).join(' ') || 'none'],
    ['driver tables', vbtsOf(vbts)],
    ...(pe === null
      ? []
      : ([
          ['driver timestamp', hex(pe.timestamp, 8)],
          ['driver sections', pe.sections.map(({ name, bytes }) => `${name} ${bytes}`).join(', ')],
          ['driver signed', pe.signed ? 'yes' : 'no'],
        ] as const)),
  ];
}

function vbtsOf(vbts: ImageContents['vbts']): string {
  return vbts.map(({ name, bdbVersion }) => `${name} BDB ${bdbVersion ?? '?'}`).join(', ') || 'none';
}

function different(a: Properties, b: Properties): PropertyDiff[] {
  return [...new Set([...a.keys(), ...b.keys()])]
    .map((what) => ({ what, a: a.get(what) ?? null, b: b.get(what) ?? null }))
    .filter((pair) => pair.a !== pair.b);
}
