import { expect, test } from 'vitest';
import { kindsOf } from '../read/read-text.fixture.ts';
import { partOf, spelled } from './part.fixture.ts';
import { readRomDigests } from './rom-digests.ts';

const SUM = 'c0ffee00'.repeat(8);

test.each([
  ['sha256sum', `${SUM}  /usr/share/kvm/n100.rom`, 'n100.rom'],
  ['a binary sum', `${SUM} *igpu.bin`, 'igpu.bin'],
  ['BSD', `SHA256 (igpu.rom) = ${SUM}`, 'igpu.rom'],
  ['Get-FileHash', `SHA256          ${SUM.toUpperCase()}       C:\\Users\\me\\igpu.rom`, 'igpu.rom'],
  ['a sentence', `romfile n100.rom, sha256 ${SUM}`, 'n100.rom'],
  ['a collection', `file: /usr/share/kvm/x.rom\nbytes: 70\nsha256: ${SUM}`, 'x.rom'],
  ['a ROM without a name', `ROM sha256: ${SUM}`, ''],
])('a sum of %s is read', (_, text, file) => {
  expect(spelled(readRomDigests(partOf('rom-digests', text)))).toEqual([`romDigest=${SUM} ${file}`.trim()]);
});

test.each([
  ['an ISO', `sha256 of Win11.iso: ${SUM}`],
  ['something unsaid', `sha256: ${SUM}`],
  ['another sum', `${SUM}00  n100.rom`],
  ['half a sum', `${SUM.slice(9)}  n100.rom`],
])('of %s nothing is read', (_, text) => {
  expect(spelled(readRomDigests(partOf('facts', text)))).toEqual([]);
});

test.each([
  [`${SUM}  /usr/share/kvm/n100.rom`, 'rom-digests'],
  [`SHA256 (igpu.rom) = ${SUM}`, 'rom-digests'],
  [`sha256: ${SUM}`, 'rom-digests'],
  [`romfile n100.rom, sha256 ${SUM}`, 'facts'],
])('%s is %s', (text, kind) => {
  expect(kindsOf(text)).toEqual([`${kind} 1-1`]);
});

test('what a collection says of a ROM is no plain fact', () => {
  const text = `root@host:~# code43 rom /usr/share/kvm/x.rom\nfile: /usr/share/kvm/x.rom\nsha256: ${SUM}\nimage: efi 8086:ffff class 030000\n`;
  expect(kindsOf(text)).toEqual(['rom-digests 2-4']);
});
