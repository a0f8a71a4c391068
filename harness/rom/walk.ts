import type { RomImage } from './facts.ts';
import type { Found } from './found.ts';
import { hex } from './hex.ts';
import { readImage, ROM_SIGNATURE } from './image.ts';
import type { RomView } from './view.ts';

/** More images than any real ROM has. */
const MAX_ROM_IMAGES = 64;

/**
 * Follows the chain of images. Up to the first `rom.gap` these are the images of Linux's walk (drivers/pci/rom.c,
 * `pci_get_rom_size`); from there on those that only UEFI firmware finds, which searches on in steps of 512 bytes
 * (edk2 PciOptionRomSupport.c, `LoadOpRomImage`).
 */
export function walkRom(rom: RomView, found: Found): RomImage[] {
  const images: RomImage[] = [];
  if (!startsWithSignature(rom, found)) return images;
  for (let at = 0; ;) {
    if (images.length === MAX_ROM_IMAGES) {
      found('rom.too-many-images', at, `${MAX_ROM_IMAGES} images were read, what follows was not`);
      return images;
    }
    const image = readImage(rom, at, found);
    if (image === null) return images;
    images.push(image);
    if (image.length === 0) return images;
    const end = at + image.length;
    if (image.last) {
      checkTrailing(rom, end, found);
      return images;
    }
    const next = nextHeader(rom, end);
    if (next === null) {
      found(
        'rom.no-last-image',
        at,
        `the image at ${hex(at)} is not marked as the last, but none follows it`,
      );
      return images;
    }
    if (next !== end)
      found(
        'rom.gap',
        end,
        `Linux stops here ("No more image in the PCI ROM"); firmware goes on at ${hex(next)}`,
      );
    at = next;
  }
}

function startsWithSignature(rom: RomView, found: Found): boolean {
  const word = rom.u16(0);
  if (rom.size === 0) {
    found('rom.empty', 0, 'QEMU refuses to start with it');
    return false;
  }
  // edk2 `GetOpRomInfo` takes the answer of a 2 KiB ROM BAR for "no ROM" (measured with OVMF 2022.11).
  if (rom.barSize <= 2048) found('rom.too-small', 0, `${rom.size} bytes; pad it with zeros to 4096`);
  if (word === ROM_SIGNATURE) return true;
  if (word === 0x5a4d)
    found(
      'rom.bare-pe',
      0,
      'it starts with MZ; firmware does not run it until EfiRom has wrapped it as a ROM',
    );
  else found('rom.header-signature', 0, `Linux would say: expecting 0xaa55, got ${hex(word, 4)}`);
  return false;
}

function nextHeader(rom: RomView, from: number): number | null {
  for (let at = from; at < rom.size; at += 512) if (rom.u16(at) === ROM_SIGNATURE) return at;
  return null;
}

function checkTrailing(rom: RomView, from: number, found: Found): void {
  for (let at = from; at < rom.size; at += 1) {
    const byte = rom.u8(at);
    if (byte === 0x00 || byte === 0xff) continue;
    found('rom.trailing-bytes', at, `${rom.size - from} bytes follow the last image, here not 00 or FF`);
    return;
  }
}
