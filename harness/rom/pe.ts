import type { RomView } from './view.ts';

/** More than any driver has; keeps the reading of a hostile file short. */
const MAX_SECTIONS = 256;

/** What is needed of a PE executable (PE/COFF specification). */
export interface PeFacts {
  readonly machine: number;
  /** Where its headers and the data of its last section end, counted from the start of the file that holds it. */
  readonly end: number;
}

/** Reads the executable at `at`, with or without a DOS header. Out: null if no PE header is there. */
export function readPe(rom: RomView, at: number): PeFacts | null {
  const header = rom.u16(at) === 0x5a4d ? at + rom.u32(at + 0x3c) : at;
  if (rom.u32(header) !== 0x4550) return null;
  const sections = header + 24 + rom.u16(header + 20);
  const count = Math.min(rom.u16(header + 6), MAX_SECTIONS);
  let end = sections + count * 40;
  for (let i = 0; i < count; i += 1) {
    const section = sections + i * 40;
    const size = rom.u32(section + 16);
    if (size > 0) end = Math.max(end, at + rom.u32(section + 20) + size);
  }
  return { machine: rom.u16(header + 4), end };
}
