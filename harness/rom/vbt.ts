import type { RomView } from './view.ts';

/** A Video BIOS Table: what an Intel driver knows of a board's display ports. */
export interface Vbt {
  /** From the start of the driver or image that holds it. */
  readonly offset: number;
  /** What follows `$VBT` in the signature, such as `ALDERLAKE`. */
  readonly name: string;
  /** Bytes that it declares. */
  readonly size: number;
  /** Version of the BIOS Data Block in it; null where none is found. */
  readonly bdbVersion: number | null;
}

export const VBT_SIGNATURE = [0x24, 0x56, 0x42, 0x54];
const BDB_SIGNATURE = 'BIOS_DATA_BLOCK ';

/** Reads the table at an offset (Linux drivers/gpu/drm/i915/display/intel_vbt_defs.h, `vbt_header`, `bdb_header`). */
export function readVbt(file: RomView, at: number): Vbt {
  const bdb = at + file.u32(at + 28);
  return {
    offset: at,
    name: asciiOf(file, at + 4, 16).trim(),
    size: file.u16(at + 24),
    bdbVersion: asciiOf(file, bdb, BDB_SIGNATURE.length) === BDB_SIGNATURE ? file.u16(bdb + 16) : null,
  };
}

function asciiOf(file: RomView, at: number, count: number): string {
  let text = '';
  for (let i = 0; i < count; i += 1) {
    const code = file.u8(at + i);
    if (code >= 0x20 && code < 0x7f) text += String.fromCharCode(code);
  }
  return text;
}
