import fc from 'fast-check';
import { TEST_ROM_RECIPES } from '../test-rom-recipes.ts';
import { writeTestRom } from '../write.ts';

const IDS = { vendor: '1234', device: '1111' };
const SMALL = TEST_ROM_RECIPES.map(({ name }) => writeTestRom(name, IDS)).filter(
  ({ length }) => length < 10_000,
);

/** Fields of a header and of its PCIR, where a changed byte changes how the ROM is read. */
const FIELDS = [0, 1, 2, 4, 8, 9, 0xa, 0xc, 0x16, 0x17, 0x18, 0x19, 0x1c, 0x26, 0x2c, 0x2d, 0x30, 0x31];
const TELLING = [0x00, 0x01, 0x02, 0x03, 0x08, 0x0a, 0x1c, 0x1e, 0x4d, 0x55, 0x5a, 0x7f, 0x80, 0xaa, 0xff];

const change = fc.record({
  image: fc.nat(7),
  field: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...FIELDS) },
    { weight: 1, arbitrary: fc.nat(2047) },
  ),
  value: fc.oneof(fc.constantFrom(...TELLING), fc.nat(255)),
});

/** Moves an image's PCIR, with the pointer to it, from offset 0x1c to 0x1e. */
function unalign(bytes: Uint8Array, image: number): void {
  const header = bytes.subarray(image * 2048, image * 2048 + 0x40);
  if (header.length < 0x40) return;
  header.copyWithin(0x1e, 0x1c, 0x34);
  header[0x18] = 0x1e;
}

/** Test ROMs joined, with bytes changed, shifted by gaps and cut. */
export const damagedRom: fc.Arbitrary<Uint8Array> = fc
  .record({
    parts: fc.array(fc.constantFrom(...SMALL), { minLength: 1, maxLength: 3 }),
    gap: fc.constantFrom(0, 0, 0, 512, 1024, 100),
    changes: fc.array(change, { maxLength: 6 }),
    unaligned: fc.option(fc.nat(3), { freq: 4 }),
    cut: fc.option(fc.nat(16 * 1024), { freq: 3 }),
  })
  .map(({ parts, gap, changes, unaligned, cut }) => {
    const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length + gap, 0));
    let end = 0;
    for (const part of parts) {
      bytes.set(part, end);
      end += part.length + gap;
    }
    for (const { image, field, value } of changes) {
      const at = image * 2048 + field;
      if (at < bytes.length) bytes[at] = value;
    }
    if (unaligned !== null) unalign(bytes, unaligned);
    return cut === null ? bytes : bytes.subarray(0, cut);
  });
