/** Offset of the code in the file and, since the file is laid out as it is loaded, in memory. */
const CODE = 0x200;
const PE = 0x40;
const OPTIONAL = PE + 24;
const OPTIONAL_BYTES = 112 + 16 * 8;
const SECTION = OPTIONAL + OPTIONAL_BYTES;
const FILE_BYTES = 0x400;

/**
 * The body of a test ROM's EFI image: a PE32+ boot-service driver for x86-64 of 1 KiB (PE/COFF specification). It is not
 * a driver for any device: its only code returns EFI_SUCCESS. OVMF 2022.11 starts it (measured under QEMU 7.2).
 */
export function testPe(): Uint8Array {
  const bytes = new Uint8Array(FILE_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x5a4d, true);
  view.setUint32(0x3c, PE, true);
  writeCoffHeader(view);
  writeOptionalHeader(view);
  writeSection(bytes, view);
  bytes.set([0x31, 0xc0, 0xc3], CODE); // xor eax, eax; ret
  return bytes;
}

function writeCoffHeader(view: DataView): void {
  view.setUint32(PE, 0x4550, true);
  view.setUint16(PE + 4, 0x8664, true);
  view.setUint16(PE + 6, 1, true); // sections
  view.setUint16(PE + 20, OPTIONAL_BYTES, true);
  view.setUint16(PE + 22, 0x22, true); // executable, large addresses; relocations are not stripped
}

function writeOptionalHeader(view: DataView): void {
  view.setUint16(OPTIONAL, 0x20b, true); // PE32+
  view.setUint32(OPTIONAL + 4, FILE_BYTES - CODE, true); // size of code
  view.setUint32(OPTIONAL + 16, CODE, true); // entry point
  view.setUint32(OPTIONAL + 20, CODE, true); // base of code
  view.setUint32(OPTIONAL + 32, 0x200, true); // section alignment
  view.setUint32(OPTIONAL + 36, 0x200, true); // file alignment
  view.setUint32(OPTIONAL + 56, FILE_BYTES, true); // size in memory
  view.setUint32(OPTIONAL + 60, CODE, true); // size of headers
  view.setUint16(OPTIONAL + 68, 0x0b, true); // EFI boot-service driver
  view.setUint32(OPTIONAL + 108, 16, true); // data directories, all empty
}

function writeSection(bytes: Uint8Array, view: DataView): void {
  bytes.set([0x2e, 0x74, 0x65, 0x78, 0x74], SECTION); // .text
  for (const offset of [8, 16]) view.setUint32(SECTION + offset, FILE_BYTES - CODE, true);
  for (const offset of [12, 20]) view.setUint32(SECTION + offset, CODE, true);
  view.setUint32(SECTION + 36, 0x60000020, true); // code, execute, read
}
