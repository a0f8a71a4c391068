import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decompressEfi } from './efi-decompress.ts';
import { compressEfi } from './fixtures/efi-compress.ts';

const LIMIT = 1 << 20;

describe('packed data', () => {
  it('comes out as it went in', () => {
    const data = fc.array(
      fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constant(new Uint8Array(60).fill(7))),
      {
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(data, (parts) => {
        const bytes = Buffer.concat(parts);
        const { bytes: out } = decompressEfi(compressEfi(bytes), LIMIT);
        return out !== null && bytes.equals(out);
      }),
      { numRuns: 300 },
    );
  });

  it('never makes the reader throw, whatever was changed in it, and never gives more than its limit', () => {
    const text = compressEfi(Buffer.from('a driver, a driver and another driver. '.repeat(40)));
    const change = fc.record({ at: fc.nat(text.length - 1), value: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), fc.nat(5000), (changes, limit) => {
        const damaged = text.slice();
        for (const { at, value } of changes) damaged[at] = value;
        const { bytes, problem } = decompressEfi(damaged, limit);
        return bytes === null ? problem.length > 0 : bytes.length <= limit;
      }),
      { numRuns: 3000 },
    );
  });
});

/**
 * Packed by edk2's own EfiCompress (BaseTools/Source/C/Common/EfiCompress.c at c5aa7e7d94): 40 numbered lines, and 3,000
 * equal bytes. The second needs a set with one code.
 */
const BY_EDK2: readonly (readonly [string, string, Uint8Array])[] = [
  [
    'lines',
    'dgAAABYDAAAAXlNV0zaiQ74A0x7uyq4/TSJ6BpGWoD48oqB/9bAACALfvi/q3PW2Pn3jF7ed9uX6JVE6ilRaVF0qLrUXaou9ReAqyfB+hAQgoQkIaERCKhGQjsR3nQ4jsR2I7EdiOxHYjsR4I8EeZ5QEeCPBHgjwR4I8/o4A',
    Buffer.from(Array.from({ length: 40 }, (_, i) => `line ${i}: option ROM\n`).join('')),
  ],
  ['equal bytes', 'DwAAALgLAAAADSgES/wLa64aQBAAwAA=', new Uint8Array(3000).fill(0x2a)],
];

describe('what edk2 itself packed', () => {
  it.each(BY_EDK2)('comes out as it went in: %s', (_, packed, expected) => {
    const { bytes } = decompressEfi(Buffer.from(packed, 'base64'), LIMIT);
    expect(Buffer.from(bytes ?? []).equals(expected)).toBe(true);
  });
});

describe('data that cannot be unpacked', () => {
  const good = compressEfi(Buffer.from('some text, some text'));
  const changed = (at: number, value: number): Uint8Array => {
    const copy = good.slice();
    new DataView(copy.buffer).setUint32(at, value, true);
    return copy;
  };

  it.each([
    ['cut off in its header', good.subarray(0, 7), 'its header is cut off'],
    ['declares more packed bytes than there are', changed(0, 5000), 'it declares 5000 packed bytes'],
    ['declares more bytes than are read', changed(4, LIMIT + 1), 'at most'],
    ['has an incomplete code', Uint8Array.from([4, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0x08, 0]), 'the code table'],
  ])('says that it is %s', (_, bytes, said) => {
    expect(decompressEfi(bytes, LIMIT).problem).toContain(said);
  });

  it('is given up when it has more blocks than any packer makes', () => {
    // Each block: one symbol, and three sets of one code: 16 + 10 + 18 + 8 bits.
    const block = `${'1'.padStart(16, '0')}${'0'.repeat(10)}${'0'.repeat(18)}${'0'.repeat(8)}`;
    const bits = block.repeat(5000).match(/.{8}/g) ?? [];
    const body = Uint8Array.from(bits, (eight) => Number.parseInt(eight, 2));
    const packed = new Uint8Array(8 + body.length);
    new DataView(packed.buffer).setUint32(0, body.length, true);
    new DataView(packed.buffer).setUint32(4, 100_000, true);
    packed.set(body, 8);
    expect(decompressEfi(packed, LIMIT).problem).toContain('more than 4096 blocks');
  });
});
