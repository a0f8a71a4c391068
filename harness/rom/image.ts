import { readEfiImage } from './efi-image.ts';
import type { RomCodeType, RomImage } from './facts.ts';
import type { Found } from './found.ts';
import { hex, hexDigits } from './hex.ts';
import { readPcAtImage } from './pc-at-image.ts';
import type { RomView } from './view.ts';

export const ROM_SIGNATURE = 0xaa55;
const PCIR_SIGNATURE = 0x52494350;
const PCIR_BYTES = 0x18;
const CODE_TYPES: readonly RomCodeType[] = ['pc-at', 'open-firmware', 'pa-risc', 'efi'];

/**
 * Reads the image whose header is at `at`. Out: null where neither Linux (drivers/pci/rom.c) nor firmware
 * (edk2 PciOptionRomSupport.c) can follow the chain into this image; the reason is then a finding.
 */
export function readImage(rom: RomView, at: number, found: Found): RomImage | null {
  const pcir = readPcirOffset(rom, at, found);
  if (pcir === null) return null;
  const length = rom.u16(pcir + 0x10) * 512;
  const codeType = CODE_TYPES[rom.u8(pcir + 0x14)] ?? 'unknown';
  const last = rom.u8(pcir + 0x15) >= 0x80;
  checkLength(rom, at, length, found);
  // Firmware leaves a chain whose PCIR is unaligned before it looks at the length.
  if (length === 0) foundLengthZero(at, last || pcir % 4 !== at % 4, found);
  checkPcirLength(rom, pcir, found);
  if (codeType === 'unknown')
    found(
      'rom.code-type',
      pcir + 0x14,
      `code type ${hex(rom.u8(pcir + 0x14))}; Linux and firmware step over it`,
    );

  const efi = codeType === 'efi' ? readEfiImage(rom, at, length, found) : null;
  return {
    offset: at,
    length,
    codeType,
    vendor: hexDigits(rom.u16(pcir + 4), 4),
    device: hexDigits(rom.u16(pcir + 6), 4),
    classCode: hexDigits(rom.u8(pcir + 0x0f) * 0x10000 + rom.u16(pcir + 0x0d), 6),
    last,
    checksumOk: codeType === 'pc-at' ? readPcAtImage(rom, at, length, found) : null,
    ...(efi === null ? {} : { efi }),
  };
}

function readPcirOffset(rom: RomView, at: number, found: Found): number | null {
  const pointer = rom.u16(at + 0x18);
  const pcir = at + pointer;
  if (pcir + 4 > rom.size || pcir + PCIR_BYTES > rom.barSize) {
    const text = `the header points to ${hex(pcir)}, the file ends at ${hex(rom.size)}; Linux and firmware stop here`;
    found('rom.pcir-out-of-bounds', at + 0x18, text);
    return null;
  }
  const signature = rom.u32(pcir);
  if (signature !== PCIR_SIGNATURE) {
    found('rom.data-signature', pcir, `Linux would say: expecting 0x52494350, got ${hex(signature, 8)}`);
    return null;
  }
  if (pointer % 4 !== 0)
    found(
      'rom.pcir-unaligned',
      at + 0x18,
      `PCIR is at ${hex(pcir)}; Linux reads on there, UEFI firmware stops`,
    );
  return pcir;
}

function checkLength(rom: RomView, at: number, length: number, found: Found): void {
  const end = at + length;
  if (end <= rom.size) return;
  const missing = `${end - rom.size} of ${length} bytes are missing`;
  if (end > rom.barSize)
    found('rom.truncated', at, `${missing}; firmware stops here, Linux lists what is there`);
  else found('rom.short', at, `${missing}; the guest reads zeros in their place`);
}

function checkPcirLength(rom: RomView, pcir: number, found: Found): void {
  const declared = rom.u16(pcir + 0x0a);
  if (declared >= PCIR_BYTES && pcir + declared <= rom.size) return;
  found(
    'rom.pcir-length',
    pcir + 0x0a,
    `it declares ${declared} bytes; firmware does not look, a hardened Linux may`,
  );
}

function foundLengthZero(at: number, ends: boolean, found: Found): void {
  if (ends) found('rom.length-zero', at, 'PCIR says 0; Linux and firmware take nothing from here on');
  else
    found(
      'rom.endless',
      at,
      'PCIR says 0; Linux stops here, UEFI firmware reads this image again without end',
    );
}
