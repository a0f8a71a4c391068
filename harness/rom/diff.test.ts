import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readContents } from './contents.ts';
import { diffRoms, type ReadRom } from './diff.ts';
import { differingRanges } from './differing-ranges.ts';
import { assignmentDriver, gopDriver, igdRom } from './fixtures/igd-rom.ts';
import { damagedRom } from './fixtures/rom-arbitrary.ts';
import { readRom } from './read.ts';
import { writeTestRom } from './write.ts';

function read(bytes: Uint8Array): ReadRom {
  const facts = readRom(bytes);
  return { bytes, facts, contents: readContents(bytes, facts) };
}

const IDS = { vendor: '8086', device: '46d1' };

it('finds nothing between a ROM and itself', () => {
  fc.assert(
    fc.property(damagedRom, (bytes) => {
      const diff = diffRoms(read(bytes), read(bytes.slice()));
      return (
        diff.equal && diff.properties.length === 0 && diff.images.length === 0 && diff.bytes.differing === 0
      );
    }),
    { numRuns: 300 },
  );
});

it('says by image which ids differ, and where', () => {
  const diff = diffRoms(
    read(writeTestRom('efi-only', IDS)),
    read(writeTestRom('efi-only', { ...IDS, device: '46d2' })),
  );
  expect(diff).toMatchObject({
    equal: false,
    properties: [],
    images: [{ number: 1, properties: [{ what: 'PCI id', a: '8086:46d1', b: '8086:46d2' }] }],
    bytes: { differing: 1, ranges: [{ from: 0x22, to: 0x23 }], more: 0 },
  });
});

it('names the GOP versions of two ROMs, also through their packing', () => {
  const roms = ['1056', '1063'].map((build) => read(igdRom([gopDriver(['21', '0', build])], true)));
  const [a, b] = roms;
  if (a === undefined || b === undefined) throw new Error('two');
  expect(diffRoms(a, b).images[0]?.properties).toEqual([
    { what: 'driver', a: 'IntelGopDriver 21.0.1056', b: 'IntelGopDriver 21.0.1063' },
  ]);
});

it('says of an image that only one has that it has no counterpart', () => {
  const one = read(igdRom([assignmentDriver()], false));
  const two = read(igdRom([assignmentDriver(), gopDriver(['9', '0', '1109'])], false));
  const diff = diffRoms(one, two);
  expect(diff.images.at(-1)).toMatchObject({ number: 2, bytes: null });
  expect(diff.images.at(-1)?.properties).toContainEqual({
    what: 'driver',
    a: null,
    b: 'IntelGopDriver 9.0.1109',
  });
});

describe('differing ranges', () => {
  it('count every differing byte, and cover each one that is listed', () => {
    const pair = fc.tuple(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }));
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const { differing, compared, ranges, more } = differingRanges(a, b);
        const at = [...a.subarray(0, compared).keys()].filter((i) => a[i] !== b[i]);
        const covered = at.filter((i) => ranges.some(({ from, to }) => i >= from && i < to));
        return differing === at.length && (more > 0 || covered.length === at.length);
      }),
    );
  });

  it('list the first places and count the others', () => {
    const a = new Uint8Array(1000);
    const b = a.slice();
    for (let i = 0; i < 1000; i += 50) b[i] = 1;
    expect(differingRanges(a, b)).toMatchObject({ differing: 20, more: 12 });
    expect(differingRanges(a, b).ranges).toHaveLength(8);
  });
});
