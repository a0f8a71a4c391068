import { MAX_UNPACKED_BYTES } from './efi-body.ts';
import { decompressEfi } from './efi-decompress.ts';
import type { RomImage } from './facts.ts';
import type { Found } from './found.ts';
import { hex } from './hex.ts';
import { readPe } from './pe.ts';
import { romView, type RomView } from './view.ts';

const EFI_SIGNATURE = 0x0ef1;
const SUBSYSTEM_DRIVERS = [0x0b, 0x0c];
const COMPRESSED = 1;
const MACHINE_X64 = 0x8664;

/** Names of the machine types of the PE format and the UEFI specification. */
const MACHINES: Readonly<Record<number, string>> = {
  0x014c: '32-bit x86',
  0x01c2: '32-bit Arm',
  0x0ebc: 'EFI byte code',
  0x5064: '64-bit RISC-V',
  0x8664: 'x86-64',
  0xaa64: '64-bit Arm',
};

/** The name of a PE machine type, with its number. */
export function machineName(machine: number): string {
  return `${MACHINES[machine] ?? 'unknown machine'} (${hex(machine, 4)})`;
}

/**
 * Reads the EFI header of the image at `at` with `length` bytes and finds what keeps firmware from running it.
 * The conditions are those of edk2 PciOptionRomSupport.c (`ProcessOpRomImage`, `LocalLoadFile2`); it compares no ids.
 * Out: null where the header does not carry the EFI signature.
 */
export function readEfiImage(
  rom: RomView,
  at: number,
  length: number,
  found: Found,
): NonNullable<RomImage['efi']> | null {
  const signature = rom.u32(at + 4);
  if (signature !== EFI_SIGNATURE) {
    found('rom.efi-signature', at + 4, `expected 0x00000ef1, found ${hex(signature, 8)}; firmware skips it`);
    return null;
  }
  const subsystem = rom.u16(at + 8);
  const compression = rom.u16(at + 0x0c);
  const efi = {
    subsystem,
    machine: rom.u16(at + 0x0a),
    compressed: compression === COMPRESSED,
    peOffset: rom.u16(at + 0x16),
  };
  if (!SUBSYSTEM_DRIVERS.includes(subsystem))
    found(
      'rom.efi-subsystem',
      at + 8,
      `subsystem ${hex(subsystem)}; firmware runs only drivers, 0xb and 0xc`,
    );
  if (compression > COMPRESSED)
    found('rom.efi-compression', at + 0x0c, `compression type ${compression}; firmware knows 0 and 1`);

  const used = rom.u16(at + 2) * 512;
  if (used > length || efi.peOffset >= used) {
    const text = `image ${length} bytes, used ${used}, body at ${efi.peOffset}; firmware wants body < used <= image`;
    found('rom.efi-size', at + 0x16, text);
  } else {
    checkBody(rom, { at: at + efi.peOffset, end: at + used }, compression, efi.machine, found);
  }
  return efi;
}

function checkBody(
  rom: RomView,
  body: { readonly at: number; readonly end: number },
  compression: number,
  headerMachine: number,
  found: Found,
): void {
  if (compression > COMPRESSED) return;
  if (compression === COMPRESSED) {
    checkPacked(rom, body, headerMachine, found);
    return;
  }
  const pe = readPe(rom, body.at);
  if (pe === null) found('rom.efi-body', body.at, 'no PE header is found from here; firmware cannot load it');
  else if (pe.end > body.end)
    found('rom.efi-body', body.at, `its PE sections end at ${hex(pe.end)}, behind the image`);
  else if (pe.end > rom.size)
    found('rom.truncated', body.at, `its PE sections end at ${hex(pe.end)}, behind the file`);
  // Firmware goes by the executable's own header, not by the copy in the ROM header (measured with OVMF 2022.11).
  if (pe !== null) checkMachine(pe.machine, body.at, found);
}

function checkPacked(
  rom: RomView,
  body: { readonly at: number; readonly end: number },
  headerMachine: number,
  found: Found,
): void {
  // The length of the packed data is the first dword; the header of the packing has 8 bytes.
  const end = body.at + 8 + rom.u32(body.at);
  if (end > body.end) {
    found('rom.efi-compression', body.at, `the packed data ends at ${hex(end)}, behind the image`);
  } else if (end > rom.size) {
    found('rom.truncated', body.at, `the packed data ends at ${hex(end)}, behind the file`);
  } else {
    const { bytes, problem } = decompressEfi(rom.bytes.subarray(body.at, end), MAX_UNPACKED_BYTES);
    if (bytes === null) {
      found('rom.efi-compression', body.at, `it cannot be unpacked: ${problem}`);
    } else {
      const pe = readPe(romView(bytes), 0);
      if (pe === null || pe.end > bytes.length)
        found('rom.efi-body', body.at, 'what is packed in it is no whole PE executable');
      checkMachine(pe?.machine ?? headerMachine, body.at, found);
      return;
    }
  }
  checkMachine(headerMachine, body.at, found);
}

function checkMachine(machine: number, at: number, found: Found): void {
  if (machine !== MACHINE_X64)
    found(
      'rom.not-x64',
      at,
      `built for ${machineName(machine)}; the firmware of an x86-64 VM does not run it`,
    );
}
