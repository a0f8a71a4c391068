import { Command } from 'commander';
import { readContents } from '../../../rom/contents.ts';
import { diffRoms, type PropertyDiff, type RomDiff } from '../../../rom/diff.ts';
import type { RangeDiff } from '../../../rom/differing-ranges.ts';
import { hex } from '../../../rom/hex.ts';
import { readRom } from '../../../rom/read.ts';
import { EXIT } from '../../exit-code.ts';
import { printJson } from '../../output.ts';
import { type NamedRom, readNamedRom } from '../../rom-library.ts';
import { printLines } from '../../rom-lines.ts';

/** `code43 rom diff`: 0 the same bytes, 1 different, 2 one of them was not read. */
export function diffCommand(): Command {
  return new Command('diff')
    .argument('<a>', 'a ROM file, or the name of a ROM in roms/')
    .argument('<b>', 'another one')
    .description(
      'Say what differs between two ROMs, image by image. Exit code: 0 the same bytes, 1 different, 2 not read.',
    )
    .option('--json', 'print one JSON document')
    .action(async (a: string, b: string, { json }: { readonly json?: true }) => {
      const [inA, inB] = [await readNamedRom(a), await readNamedRom(b)];
      const diff = diffRoms(read(inA), read(inB));
      process.exitCode = diff.equal ? EXIT.asExpected : EXIT.unexpected;
      if (json) printJson({ schema: 1, a: nameOf(inA), b: nameOf(inB), ...diff });
      else printLines(linesOf(inA, inB, diff));
    });
}

function read({ bytes }: NamedRom) {
  const facts = readRom(bytes);
  return { bytes, facts, contents: readContents(bytes, facts) };
}

function nameOf({ name, sha256, bytes }: NamedRom) {
  return { name, sha256, size: bytes.length };
}

function linesOf(a: NamedRom, b: NamedRom, diff: RomDiff): readonly string[] {
  return [
    `A ${a.name}`,
    `  ${a.sha256}`,
    `B ${b.name}`,
    `  ${b.sha256}`,
    ...(diff.equal ? ['The same bytes.'] : []),
    ...diff.properties.flatMap(propertyLines('')),
    ...diff.images.flatMap(({ number, properties, bytes }) => [
      `Image ${number}`,
      ...properties.flatMap(propertyLines('  ')),
      ...(bytes === null ? ['  only one of them has it'] : rangeLines('  ', 'of the image', bytes)),
    ]),
    ...(diff.equal ? [] : rangeLines('', 'of the file', diff.bytes)),
  ];
}

function propertyLines(indent: string): (property: PropertyDiff) => readonly string[] {
  return ({ what, a, b }) =>
    (a ?? '').length + (b ?? '').length + what.length < 60
      ? [`${indent}${what}: ${a ?? 'none'} -> ${b ?? 'none'}`]
      : [`${indent}${what}`, `${indent}  A ${a ?? 'none'}`, `${indent}  B ${b ?? 'none'}`];
}

function rangeLines(
  indent: string,
  whole: string,
  { differing, compared, ranges, more }: RangeDiff,
): string[] {
  if (differing === 0) return [`${indent}the first ${compared} bytes ${whole} are equal`];
  const places = ranges.map(({ from, to }) => `${hex(from)}-${hex(to - 1)}`).join(', ');
  const rest = more > 0 ? ` and ${more} more places` : '';
  return [`${indent}${differing} of ${compared} bytes ${whole} differ: ${places}${rest}`];
}
