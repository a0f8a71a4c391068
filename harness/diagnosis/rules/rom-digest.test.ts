import { describe, expect, it } from 'vitest';
import { KNOWN_ROMS } from '../../igpu/known-roms.ts';
import { caseOf, type CaseSketch } from '../fixtures/case.ts';
import { diagnosed } from '../fixtures/diagnosed.ts';
import { advice, claimOf, found } from '../fixtures/found.ts';
import { whole } from '../fixtures/whole.ts';
import { romDigest, romDigestOf } from './rom-digest.ts';

const ID = 'rom.digest-mismatch';
const [A, B] = ['a'.repeat(64), 'b'.repeat(64)];
const GIVEN: CaseSketch = { roms: [{ name: 'archive.zip/N100.rom', sha256: A }] };
const FAILS = { guestOs: 'windows', mode: 'whole', symptom: 'code-43' } as const;

describe('a file with other contents than', () => {
  it.each([
    ['the sum of the file on the host', `${B} n100.rom`],
    ['a sum without a name, where there is one ROM', B],
  ])('%s', (_, value) => {
    expect(found(romDigest, { ...GIVEN, facts: { romDigest: value } })).toEqual([`${ID} warning certain`]);
  });

  it('another sum of the same name', () => {
    const facts = { ...FAILS, romDigest: [`${A} x.rom`, `${B} X.rom`] };
    expect(found(romDigest, { facts })).toEqual([`${ID} contributing certain`]);
    const claim = claimOf(romDigest, ID, { facts });
    expect(claim.evidence).toHaveLength(2);
    expect(advice(claim)).toContain('sha256sum /usr/share/kvm/x.rom');
  });

  it('the one that the release is pinned to', () => {
    const [known] = KNOWN_ROMS;
    const pinned = romDigestOf(known === undefined ? [] : [{ ...known, file: 'n100.rom', sha256: B }]);
    expect(found(pinned, GIVEN)).toEqual([`${ID} warning certain`]);
    expect(found(pinned, { roms: [{ name: 'n100.rom', sha256: B }] })).toEqual([]);
  });

  it('any, on a system that works, is no trouble', () => {
    expect(found(romDigest, { ...GIVEN, facts: { outcome: 'works', romDigest: `${B} n100.rom` } })).toEqual([
      `${ID} info certain`,
    ]);
  });
});

describe('a mismatch', () => {
  const facts = { romDigest: [`${A} /root/x.rom`, `${B} X.rom`] } as const;

  it.each<readonly [NonNullable<CaseSketch['facts']>, string]>([
    [{ symptom: 'code-43' }, 'contributing'],
    [{ symptom: 'code-43', mode: 'vf' }, 'warning'],
    [{ symptom: 'code-43', guestOs: 'linux' }, 'warning'],
    [{ symptom: 'no-audio' }, 'warning'],
    [{ outcome: 'works' }, 'info'],
    [{}, 'warning'],
  ])('with %j is a %s', (told, severity) => {
    expect(found(romDigest, { facts: { ...facts, ...told } })).toEqual([`${ID} ${severity} certain`]);
  });

  it('is told with both lines and the beginnings of both sums', () => {
    expect(whole(romDigest, caseOf({ facts }))).toEqual([
      `${ID} warning certain: There are two files by the name of x.rom: their sha256 differ`,
      `< romDigest: ${A} /root/x.rom`,
      `< romDigest: ${B} X.rom`,
      'steps host host',
      'asks for 1',
    ]);
    const { detail } = claimOf(romDigest, ID, { facts });
    expect(detail).toContain(`is ${'a'.repeat(16)}…`);
    expect(detail).toContain(` ${'b'.repeat(16)}…`);
  });

  it('of a release is told with the one line that there is', () => {
    const [known] = KNOWN_ROMS;
    const pinned = romDigestOf(known === undefined ? [] : [{ ...known, file: 'n100.rom', sha256: B }]);
    expect(claimOf(pinned, ID, GIVEN).evidence).toHaveLength(1);
  });

  it('is told of four files at most', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].flatMap((name) => [`${A} ${name}.rom`, `${B} ${name}.rom`]);
    expect(found(romDigest, { facts: { romDigest: many } })).toHaveLength(4);
  });

  it('is none with a release that is not pinned, and none of sums without any name', () => {
    const [known] = KNOWN_ROMS;
    const open = romDigestOf(known === undefined ? [] : [{ ...known, file: 'n100.rom', sha256: null }]);
    expect(found(open, GIVEN)).toEqual([]);
    expect(found(romDigest, { facts: { romDigest: [A, B] } })).toEqual([]);
  });

  it('is none between a sum without a name and a release that nobody speaks of', () => {
    const [known] = KNOWN_ROMS;
    const pinned = romDigestOf(known === undefined ? [] : [{ ...known, file: 'n100.rom', sha256: B }]);
    expect(found(pinned, { facts: { romDigest: A } })).toEqual([]);
  });
});

it.each([
  ['the same sum', { ...GIVEN, facts: { romDigest: `${A} n100.rom` } }],
  ['the sum of another file', { ...GIVEN, facts: { romDigest: `${B} other.rom` } }],
  ['no sum', GIVEN],
  ['no ROM', { facts: FAILS }],
  ['a sum without a name beside two files', { facts: { romDigest: [`${A} x.rom`, `${A} y.rom`, B] } }],
] as const)('is nothing with %s', (_, sketch) => {
  expect(found(romDigest, sketch)).toEqual([]);
});

it('is found by what was collected beside the file', () => {
  const collected = `root@host:~# code43 rom /usr/share/kvm/n100.rom\nfile: /usr/share/kvm/n100.rom\nbytes: 7\nsha256: ${A}\n`;
  const { findings } = diagnosed({ 'rom.txt': collected, 'n100.rom': Uint8Array.of(0x55, 0xaa, 1, 2) });
  expect(findings.find(({ id }) => id === ID)?.evidence.map(({ input, line }) => `${input}:${line}`)).toEqual(
    ['n100.rom:0', 'rom.txt:4'],
  );
});
