import { expect, test } from 'vitest';
import { cpio } from './cpio.ts';

/** Reads back what Linux would unpack: mode and content of each name, in the archive's order. */
function unpack(archive: Uint8Array): readonly (readonly [string, string, string])[] {
  const bytes = Buffer.from(archive);
  const found: (readonly [string, string, string])[] = [];
  for (let at = 0; at < bytes.length;) {
    expect(bytes.toString('latin1', at, at + 6)).toBe('070701');
    const field = (index: number): number => Number.parseInt(bytes.toString('latin1', at + 6 + index * 8, at + 14 + index * 8), 16); // prettier-ignore
    const data = aligned(at + 110 + field(11));
    found.push([
      bytes.toString('latin1', at + 110, at + 109 + field(11)),
      field(1).toString(8),
      bytes.toString('latin1', data, data + field(6)),
    ]);
    at = aligned(data + field(6));
  }
  return found;
}

function aligned(offset: number): number {
  return Math.ceil(offset / 4) * 4;
}

const FILES = [
  { path: 'init', content: Buffer.from('#!/bin/sh\n'), executable: true },
  { path: 'bin/sh', content: { link: 'busybox' } },
  { path: 'lib/C:\\a\\b.exe', content: Buffer.from('xyz') },
];

test('directories come before what is in them, and every kind of file has its mode', () => {
  expect(unpack(cpio(FILES))).toEqual([
    ['bin', '40755', ''],
    ['bin/sh', '120777', 'busybox'],
    ['init', '100755', '#!/bin/sh\n'],
    ['lib', '40755', ''],
    ['lib/C:\\a\\b.exe', '100644', 'xyz'],
    ['TRAILER!!!', '0', ''],
  ]);
});

test('the order of the files does not change the bytes', () => {
  expect(cpio([...FILES].reverse())).toEqual(cpio(FILES));
});
