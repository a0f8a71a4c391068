import type { RomView } from './view.ts';

/** More than any driver has; keeps the reading of a hostile file short. */
const MOST_SECTIONS = 96;
const CERTIFICATES = 4;
const DEBUG_DIRECTORY = 6;

/** A part of a PE executable: where it is in the file and in memory. Bytes. */
export interface PeSection {
  readonly name: string;
  readonly offset: number;
  readonly bytes: number;
  readonly address: number;
}

/** The headers of a PE executable that starts at 0 (PE/COFF specification). */
export interface PeHeader {
  readonly machine: number;
  readonly subsystem: number;
  /** Seconds since 1970 as the linker wrote them; reproducible builds write 0 or a hash. */
  readonly timestamp: number;
  readonly sections: readonly PeSection[];
  /** Whether it carries a certificate table, which is what Secure Boot looks for. Whose signature it is is not read. */
  readonly signed: boolean;
  /** Address in memory and bytes of the debug directory; 0 bytes where there is none. */
  readonly debug: { readonly address: number; readonly bytes: number };
}

/** Out: null if no PE header is there. Never throws. */
export function readPeHeader(file: RomView): PeHeader | null {
  const header = file.u16(0) === 0x5a4d ? file.u32(0x3c) : 0;
  if (file.u32(header) !== 0x4550) return null;
  const optional = header + 24;
  // PE32+ has a 64-bit image base in place of two 32-bit words, and four more 64-bit sizes.
  const directories = optional + (file.u16(optional) === 0x20b ? 112 : 96);
  const entries = file.u32(directories - 4);
  const debug = directories + DEBUG_DIRECTORY * 8;
  const known = entries > DEBUG_DIRECTORY;
  return {
    machine: file.u16(header + 4),
    subsystem: file.u16(optional + 68),
    timestamp: file.u32(header + 8),
    sections: readSections(file, optional + file.u16(header + 20), file.u16(header + 6)),
    signed: entries > CERTIFICATES && file.u32(directories + CERTIFICATES * 8 + 4) > 0,
    debug: { address: known ? file.u32(debug) : 0, bytes: known ? file.u32(debug + 4) : 0 },
  };
}

/** Where the byte that is loaded to an address stands in the file; null outside of every section. */
export function fileOffset({ sections }: PeHeader, address: number): number | null {
  const home = sections.find(
    (section) => address >= section.address && address < section.address + section.bytes,
  );
  return home === undefined ? null : home.offset + address - home.address;
}

/** The address to which a byte of the file is loaded; null outside of every section. */
export function loadAddress({ sections }: PeHeader, offset: number): number | null {
  const home = sections.find(
    (section) => offset >= section.offset && offset < section.offset + section.bytes,
  );
  return home === undefined ? null : home.address + offset - home.offset;
}

function readSections(file: RomView, from: number, declared: number): PeSection[] {
  const sections: PeSection[] = [];
  for (let i = 0; i < Math.min(declared, MOST_SECTIONS); i += 1) {
    const at = from + i * 40;
    if (at + 40 > file.size) break;
    sections.push({
      name: sectionName(file, at),
      offset: file.u32(at + 20),
      bytes: file.u32(at + 16),
      address: file.u32(at + 12),
    });
  }
  return sections;
}

/** Printable ASCII only; anything else in a name is left out. */
function sectionName(file: RomView, at: number): string {
  let name = '';
  for (let i = 0; i < 8 && file.u8(at + i) !== 0; i += 1) {
    const code = file.u8(at + i);
    if (code > 0x20 && code < 0x7f) name += String.fromCharCode(code);
  }
  return name;
}
