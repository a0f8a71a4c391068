import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unpackedKernel } from './kernel.ts';
import { lz4Blocks } from './lz4.ts';

function lengthsFirst(...blocks: readonly (readonly number[])[]): Buffer {
  return Buffer.concat(blocks.map((block) => Buffer.from([block.length, 0, 0, 0, ...block])));
}

const ascii = (text: string): readonly number[] => [...Buffer.from(text)];

test('literals, a match and an overlapping match are unpacked', () => {
  // "abc", then 6 bytes from 3 back, then a block of its own.
  const packed = lengthsFirst([0x32, ...ascii('abc'), 3, 0, 0x10, ...ascii('!')], [0x20, ...ascii('de')]);
  expect(lz4Blocks(packed, 12)?.toString()).toBe('abcabcabc!de');
});

test('lengths beyond 14 take further bytes', () => {
  const packed = lengthsFirst([0xf0, 5, ...ascii('x'.repeat(20))]);
  expect(lz4Blocks(packed, 20)?.toString()).toBe('x'.repeat(20));
});

test.each([
  ['a length beyond the input', Buffer.from([9, 0, 0, 0, 1])],
  ['a match before the beginning', lengthsFirst([0x10, ...ascii('a'), 2, 0, 0])],
  ['a distance of 0', lengthsFirst([0x10, ...ascii('a'), 0, 0, 0])],
  ['literals beyond the block', lengthsFirst([0x50, ...ascii('a')])],
  ['less than the size announced', lengthsFirst([0x10, ...ascii('a')])],
])('%s is refused', (_, packed) => {
  expect(lz4Blocks(packed, 5)).toBeNull();
});

/** A bzImage whose payload is one LZ4 block of literals. */
function bzImage(kernel: Buffer): Buffer {
  const block = [0xf0, kernel.length - 15, ...kernel];
  const payload = Buffer.concat([
    Buffer.from([0x02, 0x21, 0x4c, 0x18]),
    lengthsFirst(block),
    size(kernel.length),
  ]);
  const image = Buffer.alloc(0x1000 + payload.length);
  image.write('HdrS', 0x202);
  image.writeUInt8(1, 0x1f1);
  image.writeUInt32LE(0x1000 - 0x400, 0x248);
  image.writeUInt32LE(payload.length, 0x24c);
  payload.copy(image, 0x1000);
  return image;
}

function size(length: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(length);
  return bytes;
}

const PVH_NOTE = [4, 0, 0, 0, 4, 0, 0, 0, 18, 0, 0, 0, ...ascii('Xen\0')];
const KERNEL = Buffer.from([0x7f, ...ascii('ELF'), ...PVH_NOTE, 0xaa, 0xbb, 0xcc, 0xdd]);

test('the kernel is taken out of a bzImage', () => {
  expect(unpackedKernel(bzImage(KERNEL))).toEqual(KERNEL);
});

test.each([
  ['has no PVH entry', bzImage(Buffer.from([0x7f, ...ascii('ELF and nothing more')]))],
  ['is not ELF', bzImage(Buffer.from([...ascii('no ELF but a note'), ...PVH_NOTE]))],
  ['is no bzImage', Buffer.alloc(8192)],
  ['is shorter than its header', Buffer.from('HdrS')],
])('a kernel that %s stays as it is', (_, image) => {
  expect(unpackedKernel(image)).toBeNull();
});

test('no bytes make it throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(100), (bytes, at) => {
      lz4Blocks(Buffer.from(bytes), at);
      const image = bzImage(KERNEL);
      Buffer.from(bytes).copy(image, at * 50);
      unpackedKernel(image);
    }),
  );
});
