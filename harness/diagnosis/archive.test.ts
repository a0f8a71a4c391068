import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readArchive } from './archive.ts';
import { archiveKind } from './archive-kind.ts';
import { ARCHIVE_LIMITS } from './archive/budget.ts';
import { tarOf } from './fixtures/tar.ts';
import { LITERALS } from './literals.ts';

const LINE = 'vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xcffa\n';
const CONF = 'bios: ovmf\nmachine: q35\nhostpci0: 0000:00:02.0\n';

const zip = (files: Readonly<Record<string, string | Uint8Array>>): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, body]) => [name, typeof body === 'string' ? strToU8(body) : body]),
    ),
  );
const seen = (name: string, bytes: Uint8Array, limits = ARCHIVE_LIMITS) =>
  readArchive(name, bytes, LITERALS, limits).map((read) => [read.seen.input, read.seen.problem] as const);
const kinds = (name: string, bytes: Uint8Array) =>
  readArchive(name, bytes, LITERALS).map(({ seen: { input, parts } }) => [input, parts[0]?.kind]);

describe('what is in an archive becomes one input a file', () => {
  const expected = (archive: string) => [
    [`${archive}/logs/dmesg.txt`, 'kernel-log'],
    [`${archive}/103.conf`, 'proxmox-config'],
  ];
  const files = { 'logs/dmesg.txt': LINE.repeat(20), '103.conf': CONF };

  test('zip', () => {
    expect(kinds('a.zip', zip(files))).toEqual(expected('a.zip'));
  });

  test('tar, and tar in gzip', () => {
    expect(kinds('a.tar', tarOf(files))).toEqual(expected('a.tar'));
    expect(kinds('a.tgz', gzipSync(tarOf(files)))).toEqual(expected('a.tgz'));
  });

  test('one file in gzip, of several members, too', () => {
    const members = Buffer.concat([gzipSync(LINE), gzipSync(LINE)]);
    const [read] = readArchive('logs/dmesg.txt.gz', members, LITERALS);
    expect(read?.seen).toMatchObject({ input: 'logs/dmesg.txt.gz/dmesg.txt', lines: 2, problem: null });
  });

  test('by content, whatever the name says', () => {
    expect(kinds('a.txt', zip(files))).toEqual(expected('a.txt'));
    expect(archiveKind(strToU8(LINE))).toBeNull();
  });

  test('long names of tar', () => {
    const name = `${'d/'.repeat(60)}dmesg.txt`;
    expect(seen('a.tar', tarOf({ [name]: LINE }))).toEqual([[`a.tar/${name}`, null]]);
  });
});

describe('what an archive claims is not believed', () => {
  test('names are labels: no way out, no control characters, none twice', () => {
    const files = { '../../etc/passwd': CONF, '/etc/passwd': CONF, 'C:\\a\u001b[31m.txt': CONF };
    expect(seen('a.zip', zip(files)).map(([name]) => name)).toEqual([
      'a.zip/etc/passwd',
      'a.zip/etc/passwd (2)',
      'a.zip/a?[31m.txt',
    ]);
  });

  test('an archive in an archive is not opened, and said', () => {
    const inner = zip({ 'dmesg.txt': LINE });
    const problem = 'not read: an archive inside an archive is not opened';
    expect(seen('a.zip', zip({ 'b.zip': inner, 'c.log': LINE }))).toEqual([
      ['a.zip/b.zip', problem],
      ['a.zip/c.log', null],
    ]);
    expect(seen('a.gz', gzipSync(gzipSync(LINE)))).toEqual([['a.gz/a', problem]]);
  });

  test('an encrypted file is named, and the others are read', () => {
    const bytes = zip({ 'secret.txt': LINE, 'dmesg.txt': LINE });
    const directory = Buffer.from(bytes).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    bytes[directory + 8] = 1;
    expect(seen('a.zip', bytes)).toEqual([
      ['a.zip/secret.txt', 'not read: it is encrypted'],
      ['a.zip/dmesg.txt', null],
    ]);
  });

  test('an unknown method is named', () => {
    const bytes = zip({ 'dmesg.txt': LINE });
    bytes[Buffer.from(bytes).indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 10] = 14;
    expect(seen('a.zip', bytes)[0]?.[1]).toMatch('by method 14');
  });

  test('no more files than the limit', () => {
    const files = Object.fromEntries(Array.from({ length: 205 }, (_, n) => [`${n}.txt`, CONF]));
    for (const [name, bytes] of [
      ['a.zip', zip(files)],
      ['a.tar', tarOf(files)],
    ] as const) {
      expect(seen(name, bytes)).toHaveLength(201);
      expect(seen(name, bytes).at(-1)).toEqual([
        name,
        'not read to its end: only its first 200 files are read',
      ]);
    }
  });

  const few = { ...ARCHIVE_LIMITS, bytes: 4 * 1_048_576 };
  const zeros = new Uint8Array(16 * 1_048_576);

  test('no more bytes than the limit', () => {
    const problem = 'more than 4 MiB come out of the archive';
    expect(seen('a.zip', zip({ 'a.txt': zeros }), few)).toEqual([
      ['a.zip/a.txt', `read in part: ${problem}`],
    ]);
    expect(seen('a.gz', gzipSync(zeros), few)).toEqual([
      ['a.gz/a', `read in part: ${problem}`],
      ['a.gz', `not read to its end: ${problem}`],
    ]);
    expect(seen('a.tar', tarOf({ 'a.txt': zeros }), few)).toEqual([
      ['a.tar', `not read to its end: ${problem}`],
    ]);
  });

  test('no more bytes than a log could shrink to', () => {
    const strict = { ...ARCHIVE_LIMITS, freely: 1_048_576 };
    expect(seen('a.gz', gzipSync(zeros), strict).at(-1)?.[1]).toMatch('more than 300 times its size');
    expect(seen('a.gz', gzipSync(LINE.repeat(20_000)), strict)).toEqual([['a.gz/a', null]]);
  });

  test('what is cut off is said, and what came before it is read', () => {
    const noise = Array.from({ length: 4000 }, (_, n) => `[ ${n}.5] ${(n * 7919) % 65_537} ${LINE}`).join('');
    const packed = gzipSync(tarOf({ 'one.txt': LINE, 'two.txt': noise }));
    const cut = 'its compressed data is damaged or cut off';
    expect(seen('a.tgz', packed.subarray(0, packed.length - 6000))).toEqual([
      ['a.tgz/one.txt', null],
      ['a.tgz/two.txt', `read in part: ${cut}`],
      ['a.tgz', `not read to its end: ${cut}`],
    ]);
    const whole = zip({ 'one.txt': LINE });
    expect(seen('a.zip', whole.subarray(0, -30))).toEqual([
      ['a.zip', 'not read to its end: it is cut off: a zip archive ends with its directory'],
    ]);
    expect(seen('a.tar', tarOf({ 'one.txt': noise }).subarray(0, 20_000))).toEqual([
      ['a.tar/one.txt', 'read in part: the archive is cut off'],
      ['a.tar', 'not read to its end: the archive is cut off'],
    ]);
  });

  test('whatever is damaged, nothing throws', () => {
    const whole = [
      zip({ 'a.txt': LINE, 'b.txt': CONF }),
      tarOf({ 'a.txt': LINE }),
      gzipSync(tarOf({ a: LINE })),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...whole),
        fc.array(fc.tuple(fc.nat(3000), fc.integer({ min: 0, max: 255 })), { maxLength: 8 }),
        fc.nat(3000),
        (archive, edits, length) => {
          const bytes = archive.slice(0, Math.max(4, archive.length - (length % 200)));
          for (const [at, value] of edits) if (at >= 4) bytes[at % bytes.length] = value;
          expect(Array.isArray(readArchive('a', bytes, LITERALS))).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
