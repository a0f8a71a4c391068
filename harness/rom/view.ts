/**
 * Little-endian reads of a ROM that cannot fail: what lies outside the file reads as 0. That is also what a guest sees,
 * since QEMU loads a `romfile` into a zeroed ROM BAR (QEMU hw/pci/pci.c, `pci_add_option_rom`).
 */
export interface RomView {
  /** The file itself. */
  readonly bytes: Uint8Array;
  /** Bytes in the file. */
  readonly size: number;
  /** Bytes in the guest's ROM BAR: the next power of two, at least 2 KiB (its low 11 bits are not address bits). */
  readonly barSize: number;
  u8(at: number): number;
  u16(at: number): number;
  u32(at: number): number;
}

/** In: the bytes of a ROM file. Out: a view of them as a guest reads them. */
export function romView(bytes: Uint8Array): RomView {
  const u8 = (at: number): number => bytes[at] ?? 0;
  const u16 = (at: number): number => u8(at) + u8(at + 1) * 0x100;
  const u32 = (at: number): number => u16(at) + u16(at + 2) * 0x10000;
  return { bytes, size: bytes.length, barSize: barSize(bytes.length), u8, u16, u32 };
}

function barSize(size: number): number {
  let bar = 2048;
  while (bar < size) bar *= 2;
  return bar;
}
