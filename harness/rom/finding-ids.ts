import type { RomFinding } from './facts.ts';

/**
 * What a finding means for UEFI firmware as edk2's PciBusDxe/PciOptionRomSupport.c walks a ROM (read there; the effects of
 * the walk itself also measured with OVMF 2022.11 under QEMU 7.2):
 * `ends`: firmware reads no image from here on; `skips`: it does not run this image, later ones it may; `hangs`: it
 * never comes to running any image; `none`: it runs it.
 */
export type FirmwareEffect = 'ends' | 'skips' | 'hangs' | 'none';

export interface RomFindingKind {
  /** An `error` turns into a `warning` on a ROM of which firmware runs an EFI image all the same. */
  readonly severity: RomFinding['severity'];
  readonly firmware: FirmwareEffect;
  readonly title: string;
}

/** Every finding the reader can make. */
export const ROM_FINDINGS = {
  'rom.empty': { severity: 'error', firmware: 'ends', title: 'The file is empty' },
  'rom.too-large': { severity: 'error', firmware: 'ends', title: 'The file is too large for an option ROM' },
  'rom.too-small': {
    severity: 'error',
    firmware: 'ends',
    title: 'The file is too small: UEFI firmware ignores a ROM of 2 KiB or less',
  },
  'rom.bare-pe': {
    severity: 'error',
    firmware: 'ends',
    title: 'A bare EFI driver, not wrapped as an option ROM',
  },
  'rom.header-signature': {
    severity: 'error',
    firmware: 'ends',
    title: 'It does not start with the ROM signature 55 AA',
  },
  'rom.data-signature': {
    severity: 'error',
    firmware: 'ends',
    title: 'The image header does not lead to a PCI data structure (PCIR)',
  },
  'rom.pcir-out-of-bounds': {
    severity: 'error',
    firmware: 'ends',
    title: 'The PCI data structure (PCIR) lies outside the file',
  },
  'rom.pcir-unaligned': {
    severity: 'error',
    firmware: 'ends',
    title: 'The PCI data structure (PCIR) is not on a 4-byte boundary',
  },
  'rom.truncated': { severity: 'error', firmware: 'ends', title: 'The file ends within its image' },
  'rom.length-zero': { severity: 'error', firmware: 'ends', title: 'An image declares the length 0' },
  'rom.endless': {
    severity: 'error',
    firmware: 'hangs',
    title: 'An image declares the length 0 and is not the last: UEFI firmware hangs',
  },
  'rom.efi-signature': {
    severity: 'error',
    firmware: 'skips',
    title: 'An EFI image without the EFI signature 0x0EF1',
  },
  'rom.efi-subsystem': { severity: 'error', firmware: 'skips', title: 'An EFI image that is not a driver' },
  'rom.efi-compression': {
    severity: 'error',
    firmware: 'skips',
    title: 'An EFI image whose compression firmware does not accept',
  },
  'rom.efi-size': {
    severity: 'error',
    firmware: 'skips',
    title: 'An EFI image whose sizes contradict each other',
  },
  'rom.efi-body': {
    severity: 'error',
    firmware: 'skips',
    title: 'An EFI image without a PE executable in it',
  },
  'rom.not-x64': { severity: 'error', firmware: 'skips', title: 'An EFI image for another kind of CPU' },
  'rom.no-efi-image': { severity: 'error', firmware: 'none', title: 'There is no EFI image' },
  'rom.short': { severity: 'warning', firmware: 'none', title: 'The end of the last image is missing' },
  'rom.no-last-image': { severity: 'warning', firmware: 'none', title: 'No image is marked as the last' },
  'rom.gap': {
    severity: 'warning',
    firmware: 'none',
    title: 'UEFI firmware finds an image that Linux does not',
  },
  'rom.too-many-images': { severity: 'warning', firmware: 'none', title: 'More images than are read' },
  'rom.bad-checksum': {
    severity: 'warning',
    firmware: 'none',
    title: 'The checksum of a PC-AT image is wrong',
  },
  'rom.legacy-size': {
    severity: 'warning',
    firmware: 'none',
    title: 'A PC-AT image declares two different sizes',
  },
  'rom.trailing-bytes': {
    severity: 'warning',
    firmware: 'none',
    title: 'Data that is not padding follows the last image',
  },
  'rom.pcir-length': {
    severity: 'info',
    firmware: 'none',
    title: 'The PCI data structure (PCIR) declares an odd length',
  },
  'rom.code-type': { severity: 'info', firmware: 'none', title: 'An image of an unknown code type' },
  'rom.device-id-differs': {
    severity: 'info',
    firmware: 'none',
    title: 'The image names another device than it is given to',
  },
} as const satisfies Record<string, RomFindingKind>;

export type RomFindingId = keyof typeof ROM_FINDINGS;

/** What the table says of an id; null for an id it does not know, such as one from a newer trace. */
export function romFindingKind(id: string): RomFindingKind | null {
  const known: Readonly<Record<string, RomFindingKind>> = ROM_FINDINGS;
  return Object.hasOwn(known, id) ? (known[id] ?? null) : null;
}
