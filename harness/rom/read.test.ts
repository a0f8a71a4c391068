import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firmwareExecutes, hasExecutableEfiImage } from './executes.ts';
import type { RomFacts } from './facts.ts';
import { romFindingKind } from './finding-ids.ts';
import { MAX_ROM_BYTES, readRom } from './read.ts';
import { edk2EfiImages, linuxImages } from './fixtures/oracles.ts';
import { damagedRom } from './fixtures/rom-arbitrary.ts';
import { compressEfi } from './fixtures/efi-compress.ts';
import { testPe } from './test-pe.ts';
import { writeTestRom } from './write.ts';

const RUNS = { numRuns: 5_000 };
/** Findings about an image's body, which the edk2 walk does not look into. */
const BODY = ['rom.efi-body', 'rom.not-x64', 'rom.efi-compression', 'rom.truncated'];
const IDS = { vendor: '8086', device: '46d1' };

function ids(facts: RomFacts): string[] {
  return facts.findings.map(({ id }) => id);
}

function good(change: (view: DataView) => void = () => undefined): Uint8Array {
  const bytes = writeTestRom('good', IDS);
  change(new DataView(bytes.buffer));
  return bytes;
}

/** Where the EFI image of the good ROM begins, and its PCIR. */
const EFI = 2048;
const PCIR = EFI + 0x1c;

describe('any input', () => {
  it('never makes the reader throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => readRom(bytes).size === bytes.length),
      RUNS,
    );
  });

  it('has an error exactly if firmware would execute nothing of it, and only findings of the table', () => {
    fc.assert(
      fc.property(damagedRom, (bytes) => {
        const facts = readRom(bytes);
        const errors = facts.findings.filter(({ severity }) => severity === 'error');
        const known = facts.findings.every(({ id, offset }) => romFindingKind(id) !== null && offset >= 0);
        return known && (errors.length === 0) === hasExecutableEfiImage(facts);
      }),
      RUNS,
    );
  });

  it('is read as Linux reads it up to the first gap', () => {
    fc.assert(
      fc.property(damagedRom, (bytes) => {
        const { images, findings } = readRom(bytes);
        const gap = findings.find(({ id }) => id === 'rom.gap')?.offset ?? Infinity;
        const seen = images.map(({ offset }) => offset).filter((offset) => offset < gap);
        return seen.join() === linuxImages(bytes).join();
      }),
      RUNS,
    );
  });

  it('has the EFI images executed that edk2 would load, but for those with a broken body', () => {
    fc.assert(
      fc.property(damagedRom, (bytes) => {
        const facts = readRom(bytes);
        const executed = facts.images
          .filter((image) => firmwareExecutes(facts, image))
          .map(({ offset }) => offset);
        const loadable = edk2EfiImages(bytes);
        const broken = facts.findings.filter(({ id }) => BODY.includes(id)).map(({ offset }) => offset);
        return (
          executed.every((at) => loadable.includes(at)) &&
          loadable.every((at) => executed.includes(at) || broken.some((offset) => offset >= at))
        );
      }),
      RUNS,
    );
  });
});

describe('a whole ROM', () => {
  it('gives the facts of every image', () => {
    const facts = readRom(good());
    expect(facts).toEqual({
      size: 4096,
      findings: [],
      images: [
        {
          offset: 0,
          length: 2048,
          codeType: 'pc-at',
          vendor: '8086',
          device: '46d1',
          classCode: '038000',
          last: false,
          checksumOk: true,
        },
        {
          offset: 2048,
          length: 2048,
          codeType: 'efi',
          vendor: '8086',
          device: '46d1',
          classCode: '038000',
          last: true,
          checksumOk: null,
          efi: { subsystem: 0x0b, machine: 0x8664, compressed: false, peOffset: 0x200 },
        },
      ],
    });
  });

  it('may end in padding', () => {
    const padded = new Uint8Array(8192).fill(0xff);
    padded.set(good());
    expect(readRom(padded).findings).toEqual([]);
  });
});

describe('a file that is no ROM', () => {
  it.each([
    ['an empty file', new Uint8Array(0), ['rom.empty']],
    [
      'a bare EFI driver',
      good()
        .slice(EFI + 0x200)
        .slice(0, 1024),
      ['rom.too-small', 'rom.bare-pe'],
    ],
    ['zeros', new Uint8Array(4096), ['rom.header-signature']],
    ['more than 16 MiB', new Uint8Array(MAX_ROM_BYTES + 1), ['rom.too-large']],
  ])('is named for %s', (_, bytes, expected) => {
    expect(ids(readRom(bytes))).toEqual(expected);
  });

  it('quotes the word that Linux would print', () => {
    const [finding] = readRom(writeTestRom('bad-header', IDS)).findings;
    expect(finding?.text).toContain('got 0xcffa');
  });
});

describe('what UEFI firmware refuses', () => {
  it.each<[string, (view: DataView) => void, string[]]>([
    [
      'an unaligned PCIR in the first image',
      (v) => {
        unalign(v);
      },
      ['rom.pcir-unaligned', 'rom.bad-checksum'],
    ],
    [
      'a length of 0',
      (v) => {
        v.setUint16(PCIR + 0x10, 0, true);
      },
      ['rom.length-zero', 'rom.efi-size'],
    ],
    [
      'no EFI signature',
      (v) => {
        v.setUint32(EFI + 4, 0, true);
      },
      ['rom.efi-signature'],
    ],
    [
      'an EFI application',
      (v) => {
        v.setUint16(EFI + 8, 0x0a, true);
      },
      ['rom.efi-subsystem'],
    ],
    [
      'an unknown compression',
      (v) => {
        v.setUint16(EFI + 0x0c, 2, true);
      },
      ['rom.efi-compression'],
    ],
    [
      'packed data that does not fit',
      (v) => {
        pack(v, 0xffff);
      },
      ['rom.efi-compression'],
    ],
    [
      'more bytes used than there are',
      (v) => {
        v.setUint16(EFI + 2, 5, true);
      },
      ['rom.efi-size'],
    ],
    [
      'a body behind the image',
      (v) => {
        v.setUint16(EFI + 0x16, 0x800, true);
      },
      ['rom.efi-size'],
    ],
    [
      'no executable in it',
      (v) => {
        v.setUint16(EFI + 0x200, 0, true);
      },
      ['rom.efi-body'],
    ],
    [
      'a section behind the image',
      (v) => {
        v.setUint32(EFI + 0x348 + 16, 0x9000, true);
      },
      ['rom.efi-body'],
    ],
    [
      'a body for 64-bit Arm',
      (v) => {
        v.setUint16(EFI + 0x244, 0xaa64, true);
      },
      ['rom.not-x64'],
    ],
  ])('is %s', (_, change, expected) => {
    const facts = readRom(good(change));
    expect(ids(facts)).toEqual(expected);
    expect(hasExecutableEfiImage(facts)).toBe(false);
  });

  it('is a whole chain that does not advance, the sound EFI image before it included', () => {
    const chained = writeTestRom('chained', IDS);
    const lastPcir = new DataView(chained.buffer, 3 * 2048 + 0x1c);
    lastPcir.setUint16(0x10, 0, true);
    lastPcir.setUint8(0x15, 0);
    expect(ids(readRom(chained))).toContain('rom.endless');
    expect(hasExecutableEfiImage(readRom(chained))).toBe(false);
  });

  it('is a ROM of 2 KiB, which would be good with padding', () => {
    const small = good().slice(EFI);
    const padded = new Uint8Array(4096);
    padded.set(small);
    expect(ids(readRom(small))).toEqual(['rom.too-small']);
    expect(ids(readRom(padded))).toEqual([]);
  });
});

describe('what UEFI firmware executes all the same', () => {
  it.each<[string, Uint8Array, string]>([
    ['a gap that Linux does not cross', gapped(), 'rom.gap'],
    ['missing padding', good().slice(0, EFI + 0x600), 'rom.short'],
    [
      'a wrong checksum',
      good((v) => {
        v.setUint8(100, 1);
      }),
      'rom.bad-checksum',
    ],
    [
      'a machine type in the ROM header that its body contradicts',
      good((v) => {
        v.setUint16(EFI + 0x0a, 0, true);
      }),
      '',
    ],
  ])('is %s', (_, bytes, expected) => {
    const facts = readRom(bytes);
    expect(ids(facts)).toEqual(expected === '' ? [] : [expected]);
    expect(hasExecutableEfiImage(facts)).toBe(true);
  });

  it('is an EFI image in front of a broken one, whose fault is then a warning', () => {
    const chained = writeTestRom('chained', IDS);
    chained[3 * 2048 + 0x1c] = 0;
    const { findings } = readRom(chained);
    expect(findings.map(({ id, severity }) => [id, severity])).toEqual([['rom.data-signature', 'warning']]);
  });
});

describe('a packed body', () => {
  const withBody = (pe: Uint8Array): RomFacts => {
    const bytes = good((v) => {
      v.setUint16(EFI + 0x0c, 1, true);
    });
    bytes.fill(0, EFI + 0x200).set(compressEfi(pe), EFI + 0x200);
    return readRom(bytes);
  };

  it('is executed when it can be unpacked', () => {
    expect(withBody(testPe()).findings).toEqual([]);
  });

  it('is not when what is in it is built for another machine', () => {
    const pe = testPe();
    new DataView(pe.buffer).setUint16(0x44, 0xaa64, true);
    expect(ids(withBody(pe))).toEqual(['rom.not-x64']);
  });

  it('is not when what is in it is no executable', () => {
    expect(ids(withBody(new Uint8Array(1024)))).toEqual(['rom.efi-body']);
  });
});

function pack(view: DataView, bytes: number): void {
  view.setUint16(EFI + 0x0c, 1, true);
  view.setUint32(EFI + 0x200, bytes, true);
}

function unalign(view: DataView): void {
  const pcir = new Uint8Array(view.buffer, 0x1c, 0x18).slice();
  new Uint8Array(view.buffer, 0x1c, 2).fill(0);
  new Uint8Array(view.buffer, 0x1e, 0x18).set(pcir);
  view.setUint16(0x18, 0x1e, true);
}

function gapped(): Uint8Array {
  const rom = good();
  const bytes = new Uint8Array(rom.length + 512);
  bytes.set(rom.slice(0, EFI));
  bytes.set(rom.slice(EFI), EFI + 512);
  return bytes;
}
