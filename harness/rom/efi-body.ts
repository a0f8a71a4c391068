import { decompressEfi } from './efi-decompress.ts';
import type { RomImage } from './facts.ts';

/** The most bytes that are unpacked of one image; known Intel drivers have at most 200 KiB. */
export const MAX_UNPACKED_BYTES = 4 * 1024 * 1024;

/** The driver in an EFI image: a PE executable, as firmware would hand it to its loader. */
export interface EfiBody {
  readonly bytes: Uint8Array;
  /** Bytes that the packed form takes in the file; null for one that is not packed. */
  readonly packed: number | null;
}

/** In: a whole ROM and one of its images. Out: its driver, or in words why it cannot be had. Never throws. */
export function efiBody(rom: Uint8Array, image: RomImage): EfiBody | string {
  if (image.efi === undefined) return 'the image has no EFI header';
  const at = image.offset + image.efi.peOffset;
  const stored = rom.subarray(at, Math.max(at, Math.min(image.offset + image.length, rom.length)));
  if (!image.efi.compressed) return { bytes: stored, packed: null };
  const unpacked = decompressEfi(stored, MAX_UNPACKED_BYTES);
  if (unpacked.bytes === null) return unpacked.problem;
  const packed = 8 + new DataView(stored.buffer, stored.byteOffset, 4).getUint32(0, true);
  return { bytes: unpacked.bytes, packed };
}
