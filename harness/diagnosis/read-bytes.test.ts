import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tarOf } from './fixtures/tar.ts';
import { readBytes } from './read-bytes.ts';

const CONF = 'bios: ovmf\nmachine: q35\nhostpci0: 0000:00:02.0\n';
const LINE = 'vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xcffa\n';

const inputs = {
  'plain text': [new TextEncoder().encode(LINE.repeat(20)), ['x']],
  'a short config': [new TextEncoder().encode(CONF), ['x']],
  'an archive': [
    new Uint8Array(gzipSync(tarOf({ 'a.txt': LINE, '103.conf': CONF }))),
    ['x/a.txt', 'x/103.conf'],
  ],
  nothing: [new Uint8Array(), ['x']],
} as const satisfies Record<string, readonly [Uint8Array, readonly string[]]>;

test.each(Object.entries(inputs))(
  '%s reads alike however it is cut into pieces',
  async (_, [bytes, names]) => {
    const whole = await readBytes('x', [bytes]);
    expect(whole.map(({ seen }) => seen.input)).toEqual(names);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }), async (sizes) => {
        const pieces: Uint8Array[] = [];
        for (let at = 0, n = 0; at < bytes.length; n += 1) {
          const size = sizes[n % sizes.length] ?? 1;
          pieces.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect(await readBytes('x', pieces)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  },
);
