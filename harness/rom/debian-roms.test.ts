import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { needs, skips, type Tier } from '../test/tier.ts';
import { readContents } from './contents.ts';
import { hasExecutableEfiImage, seabiosImage } from './executes.ts';
import { compressEfi } from './fixtures/efi-compress.ts';
import { decompressEfi } from './efi-decompress.ts';
import { readRom } from './read.ts';

/** Real option ROMs that Debian's qemu-system-x86 brings (packages ipxe-qemu and seabios). */
const IPXE = '/usr/lib/ipxe/qemu';
const SEABIOS = '/usr/share/seabios';

function roms(folder: string, name: RegExp): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).filter((file) => name.test(file)) : [];
}

function tier(folder: string): Tier {
  return existsSync(folder) ? needs('od') : skips(`needs ${folder} (Debian's qemu-system-x86 brings it)`);
}

/** A little-endian number of a file, read by `od`: another program's opinion. */
function od(file: string, at: number, bytes: 1 | 2): number {
  const { stdout } = spawnSync('od', ['-An', '-v', '-tx1', '-j', String(at), '-N', String(bytes), file], {
    encoding: 'utf8',
  });
  return Number.parseInt(stdout.trim().split(/\s+/).toReversed().join(''), 16);
}

/** The fields of the PCI Firmware Specification, image after image, as `od` sees them. */
function imagesByOd(file: string): readonly Record<string, unknown>[] {
  const images: Record<string, unknown>[] = [];
  for (let at = 0, last = false; !last;) {
    expect(od(file, at, 2)).toBe(0xaa55);
    const pcir = at + od(file, at + 0x18, 2);
    const hex = (offset: number): string =>
      od(file, pcir + offset, 2)
        .toString(16)
        .padStart(4, '0');
    const length = od(file, pcir + 0x10, 2) * 512;
    last = od(file, pcir + 0x15, 1) >= 0x80;
    const codeType = ['pc-at', 'open-firmware', 'pa-risc', 'efi'][od(file, pcir + 0x14, 1)];
    images.push({ offset: at, length, codeType, vendor: hex(4), device: hex(6), last });
    at += length;
  }
  return images;
}

describe('iPXE’s ROMs', () => {
  const test = tier(IPXE);

  test('have the images, ids and lengths that od reads', () => {
    const files = roms(IPXE, /\.rom$/);
    expect(files.length).toBeGreaterThan(8);
    for (const name of files) {
      const file = join(IPXE, name);
      const facts = readRom(readFileSync(file));
      expect(
        facts.findings.map(({ id }) => id),
        name,
      ).toEqual(name.startsWith('efi-') ? [] : ['rom.no-efi-image']);
      expect(facts.images, name).toMatchObject(imagesByOd(file));
    }
  });

  test('are executed by UEFI firmware if they have an EFI image, and by SeaBIOS in any case', () => {
    for (const name of roms(IPXE, /\.rom$/)) {
      const facts = readRom(readFileSync(join(IPXE, name)));
      expect(hasExecutableEfiImage(facts), name).toBe(name.startsWith('efi-'));
      const [image] = facts.images;
      expect(image === undefined ? null : seabiosImage(facts, image)?.checksumOk, name).toBe(true);
    }
  });

  test('name their drivers in their debug directories, and their devices in their lists', () => {
    const rom = readFileSync(join(IPXE, 'efi-e1000.rom'));
    const [legacy, efi] = readContents(rom, readRom(rom));
    expect(legacy).toMatchObject({ pcirRevision: 3, pcirLength: 0x1c, deviceList: ['100e'] });
    expect(efi?.driver?.builtAs?.text).toMatch(/^[0-9a-z]+\.efidrv$/);
    expect(efi?.driver?.pe).toMatchObject({ machine: 0x8664, subsystem: 0x0b, signed: false });
  });

  test('come out of packing as they went in', () => {
    for (const name of roms(IPXE, /^efi-(?:e1000|virtio)\.rom$/)) {
      const rom = readFileSync(join(IPXE, name));
      expect(rom.equals(decompressEfi(compressEfi(rom), rom.length).bytes ?? new Uint8Array(0)), name).toBe(
        true,
      );
    }
  });
});

describe('SeaBIOS’ video BIOSes', () => {
  const test = tier(SEABIOS);

  test('have the one image that od reads, for SeaBIOS only', () => {
    // Those for a device that is not on the PCI bus have no PCI data structure.
    const files = roms(SEABIOS, /^vgabios-(?:stdvga|qxl|virtio|vmware|cirrus|ati|bochs-display)\.bin$/);
    expect(files.length).toBeGreaterThan(3);
    for (const name of files) {
      const file = join(SEABIOS, name);
      const facts = readRom(readFileSync(file));
      expect(facts.images, name).toMatchObject(imagesByOd(file));
      expect(
        facts.findings.map(({ id }) => id),
        name,
      ).toEqual(['rom.no-efi-image']);
      expect(facts.images[0]?.classCode, name).toBe('030000');
    }
  });

  test('without a PCI data structure are said to lead to none', () => {
    const facts = readRom(readFileSync(join(SEABIOS, 'vgabios-isavga.bin')));
    expect(facts.images).toEqual([]);
    expect(facts.findings[0]?.id).toBe('rom.data-signature');
  });
});
