/**
 * What Linux and edk2 do with a ROM, told once more and independently of the reader, over the bytes of the guest's ROM BAR
 * (the file padded with zeros to the next power of two). For comparison in tests.
 */
interface Bar {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

function barOf(file: Uint8Array): Bar {
  let size = 2048;
  while (size < file.length) size *= 2;
  // A margin of zeros, so that reads behind the BAR are harmless: a pointer reaches 64 KiB.
  const bytes = new Uint8Array(size + 0x10100);
  bytes.set(file);
  return { bytes: bytes.subarray(0, size), view: new DataView(bytes.buffer) };
}

/** Offsets of the images that Linux goes through (drivers/pci/rom.c, `pci_get_rom_size`). */
export function linuxImages(file: Uint8Array): number[] {
  const { bytes, view } = barOf(file);
  const seen: number[] = [];
  for (let image = 0; image < bytes.length;) {
    if (view.getUint16(image, true) !== 0xaa55) break;
    const pds = image + view.getUint16(image + 24, true);
    if (view.getUint32(pds, true) !== 0x52494350) break;
    seen.push(image);
    const length = view.getUint16(pds + 16, true);
    if (length === 0 || (view.getUint8(pds + 21) & 0x80) !== 0) break;
    image += length * 512;
  }
  return seen;
}

/** Offsets of the EFI images that edk2 takes from its walk to be loaded (PciOptionRomSupport.c); their bodies not judged. */
export function edk2EfiImages(file: Uint8Array): number[] {
  const { bytes, view } = barOf(file);
  if (bytes.length === 2048) return [];
  const efi: number[] = [];
  for (let at = 0, last = false; !last && at < bytes.length;) {
    if (view.getUint16(at, true) !== 0xaa55) {
      if (at === 0) break;
      at += 512;
      continue;
    }
    const pointer = view.getUint16(at + 24, true);
    const pcir = at + pointer;
    if (pointer === 0 || (pointer & 3) !== 0 || pcir + 24 > bytes.length) break;
    if (view.getUint32(pcir, true) !== 0x52494350) break;
    const length = view.getUint16(pcir + 16, true) * 512;
    if (at + length > bytes.length) break;
    last = (view.getUint8(pcir + 21) & 0x80) !== 0;
    if (length === 0 && !last) return []; // it stays here for ever
    if (view.getUint8(pcir + 20) === 3 && loadable(view, at, length)) efi.push(at);
    at += length;
  }
  return efi;
}

function loadable(view: DataView, at: number, length: number): boolean {
  const used = view.getUint16(at + 2, true) * 512;
  return (
    view.getUint32(at + 4, true) === 0xef1 &&
    [0xb, 0xc].includes(view.getUint16(at + 8, true)) &&
    view.getUint16(at + 12, true) <= 1 &&
    used <= length &&
    view.getUint16(at + 22, true) < used
  );
}
