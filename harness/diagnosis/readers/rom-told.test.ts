import { describe, expect, it, test } from 'vitest';
import fc from 'fast-check';
import { partOf } from './part.fixture.ts';
import { romToldIn } from './rom-told.ts';

const states = (text: string): readonly string[] => [
  ...new Set(
    romToldIn(partOf('facts', text)).flatMap(({ key, value }) => (key === 'romState' ? [value] : [])),
  ),
];

const SAYS: Readonly<Record<string, readonly string[]>> = {
  empty: [
    '-rw-r--r-- 1 root root 0 Mar  3 08:11 /usr/share/kvm/igpu.rom',
    'romfile has 0 bytes',
    'The ROM is 0 kB on disk',
    'vbios.rom: empty',
    'my rom file is completely empty after the dump',
    'dumped the vbios with cat, got a zero byte file',
    'curl wrote an empty file to /usr/share/kvm/x.rom',
  ],
  'bare-efi': [
    '$ xxd -l 16 tgl.rom\n00000000: 4d5a 9000 0300 0000 0400 0000 ffff 0000  MZ..............',
    'hexdump -C gop.rom | head -n1\n00000000  4d 5a 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |MZ..............|',
    'od of the romfile: 0000000 5a4d 0090 0003 0000',
    'igpu.rom: PE32+ executable (EFI boot service driver) x86-64, for MS Windows, 4 sections',
    'file says PE32+ executable for the rom',
    'the vbios starts with MZ in a hex editor',
    'ROM begins with 4D 5A',
    'MZ header at the front of my romfile',
    'cp IntelGopDriver.efi /usr/share/kvm/n100.rom',
    'I renamed GopDriver.efi to igpu.rom',
    'used the .efi directly as romfile',
    'ROM: IntelGopDriver.efi without EfiRom',
  ],
  'no-rom': [
    '/usr/share/kvm/x.rom: HTML document, ASCII text, with very long lines (1200)',
    'x.rom: Zip archive data, at least v2.0 to extract, compression method=deflate',
    'igd.rom: gzip compressed data, was "igd.rom", from Unix',
    'igd.rom: ASCII text, with no line terminators',
    'vbios.rom: JSON text data',
    'head of the rom: 00000000: 3c21 444f 4354 5950 4520 6874 6d6c',
    'xxd of the rom gives 00000000: 504b 0304 0a00 0000',
    '00000000  1f 8b 08 00 00 00 00 00  my romfile',
    'rom: 00000000  ff ff ff ff ff ff ff ff',
    'the rom turned out to be an HTML page from GitHub',
    'it is a web page, not a ROM',
    'wget saved the github page as igd.rom',
    'The romfile is really a zip archive',
    'vbios is all zeros',
    'the dump of the ROM contains only FF',
    'the file has no 55AA signature, so what is wrong with my vbios',
    'renamed the .zip to igd.rom',
    'the ROM has only 9 bytes',
    'romfile starts with <!DOCTYPE html>',
    'igd.rom is a git lfs pointer',
    '`file igd.rom` => HTML document, ASCII text',
    'file /usr/share/kvm/igd.rom -> gzip compressed data, from Unix',
    'file on the rom says: Zip archive data, at least v2.0 to extract',
    'ran file on my romfile, it prints "XML 1.0 document, ASCII text"',
  ],
  'cut-off': [
    'rom-parser prints: Error, ran off the end',
    'the rom is truncated',
    'download of the romfile was interrupted',
    'igd.rom has 32768 bytes here, the release says 131072 bytes',
    'rom is 12 KB, should be 66 KB',
    'size of the ROM 40.960 bytes instead of 68.096 bytes',
    'the scp of the rom aborted',
    'incomplete download of adl.rom',
    'only half of the ROM arrived: only half of the file',
  ],
  'gop-only': [
    'EfiRom -f 0x8086 -i 0x46d1 -e IntelGopDriver.efi -o n100.rom',
    'EfiRom -f 0x8086 -i 0xffff -ec GopDriver.efi -o x.rom',
    'the ROM contains only the GOP driver',
    'my rom is GOP only',
    'romfile with IntelGopDriver.efi alone, nothing else in it, built with UEFI tools',
    'no IgdAssignmentDxe in the ROM',
    'built the rom and forgot IgdAssignmentDxe.efi',
    'the ROM has just the IntelGopDriver',
  ],
  'no-gop': [
    'EfiRom -f 0x8086 -i 0xffff -e IgdAssignmentDxe.efi PlatformGOPPolicy.efi -o x.rom',
    'ROM has no GOP driver inside',
    'romfile without GOP',
    'the rom lacks a GOP',
  ],
  'legacy-only': [
    'rom-parser:\nValid ROM signature found @0h, PCIR offset 40h\nPCIR: type 0 (x86 PC-AT), vendor: 8086, device: 0a16, class: 030000\nLast image',
    'the vbios has no EFI image',
    'rom holds only a legacy image',
    'just the legacy vbios, no UEFI part',
    'ROM is legacy-only',
  ],
  'other-digest': [
    'igd.rom: FAILED\nsha256sum: WARNING: 1 computed checksum did NOT match',
    'sha256 of the rom differs from the release',
    'md5 of my romfile does not match',
    'checksum mismatch for igd.rom',
    'the ROM has a different hash than on GitHub',
    'rom igd.rom\nsha256 release: 11aa22bb...9f9f\nsha256 mine: 33cc44dd...0e0e',
    'romfile x.rom\nexpected sha1 0123456789abcdef0123456789abcdef01234567\nmy sha1 is 1123456789abcdef0123456789abcdef01234567',
    'Prüfsumme der rom stimmt nicht',
    'sha256 of igd.rom here 3f1c0c77e9a2..., release page: 9b04d1be6a7e...',
    'rom: sha256sum on the host 77aa01bc9d...; the readme has 11bb03de5f... (not the same)',
    'md5 of the rom 0123456789abcdef0123456789abcdef, published 1123456789abcdef0123456789abcdef',
  ],
};

describe.each(Object.entries(SAYS))('%s', (state, texts) => {
  it.each(texts)('%s', (text) => {
    expect(states(text)).toEqual([state]);
  });
});

describe('of a ROM that is as it should be nothing is told', () => {
  it.each([
    'romfile=igd.rom from the release, sha256 matches',
    'sha256sum -c says igd.rom: OK',
    '00000000: 55aa 2100 0000 0000 0000  my rom',
    'igd.rom: BIOS (ia32) ROM Ext. (33*512)',
    'ROM extracted from the zip archive of the release',
    'built the rom with EfiRom -e IntelGopDriver.efi -e IgdAssignmentDxe.efi -o x.rom',
    'rom size 66 KB',
    '-rw-r--r-- 1 root root 68096 Mar  3 08:11 igd.rom',
    'could the ROM be truncated?',
    'is the rom perhaps an HTML page?',
    'should I check the sum of the rom, if it differs',
    'the first ROM was an HTML page, downloaded it again, same Code 43',
    'the ROM was empty; replaced the file since',
    'xxd showed 00000000: 4d5a 9000 0300 for the rom\nwrapped it with EfiRom, now it is 55aa',
    'Windows ISO download was interrupted, sha256 differs',
    'lspci: Expansion ROM at c0000 [disabled] [size=128K]',
    'PCIR: type 0 (x86 PC-AT)\nPCIR: type 3 (EFI), vendor: 8086',
    'vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff',
    'IntelGopDriver.efi: PE32+ executable (EFI boot service driver), the input for the rom',
    'the vbios of the BIOS has two images, PC-AT and EFI',
    'ROM bar is on, 0 errors',
    'sha256 of igd.rom 3f1c0c77e9a2..., the release page lists 3f1c0c77e9a2... as well',
    'sha256: a.rom 3f1c0c77e9a2..., b.rom 9b04d1be6a7e...',
    'file igd.rom => BIOS (ia32) ROM Ext. (133*512)',
  ])('%s', (text) => {
    expect(states(text)).toEqual([]);
  });
});

test.each([
  ['GOP dumped from my old i7-8700', ['my old i7-8700']],
  ['ROM is for a J4125', ['a J4125']],
  ['I use the i5-9400 vbios', ['the i5-9400']],
  ['passed with a Coffee Lake GOP rom', ['a Coffee Lake GOP']],
  ['N100, no rom file', []],
  ['tried the ROM of an N100, too', []],
  ['romfile from the guide', []],
])('%s: whose it is', (text, whose) => {
  expect(
    romToldIn(partOf('facts', text)).flatMap(({ key, value }) => (key === 'romFor' ? [value] : [])),
  ).toEqual(whose);
});

test('no text makes it throw', () => {
  const words = fc.constantFrom(
    'rom',
    'sha256',
    '00000000: ',
    '4d5a',
    '0 bytes',
    '.efi',
    'EfiRom -e',
    ': FAILED',
    '…',
    '...',
    '12.345 KB',
    '\n',
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(words, fc.string()), { maxLength: 30 }),
      (parts) => states(parts.join(' ')).length < 9,
    ),
  );
});
