import { fileOffset, type PeHeader } from './pe-header.ts';
import { asciiAt, type FoundText } from './text-in-driver.ts';
import type { RomView } from './view.ts';

const ENTRY_BYTES = 28;
const MOST_ENTRIES = 16;
const CODEVIEW = 2;

/** Where the path begins in each form of CodeView record (edk2 MdePkg/Include/IndustryStandard/PeImage.h). */
const PATH_OFFSETS: ReadonlyMap<number, number> = new Map([
  [0x3031424e, 16], // NB10
  [0x53445352, 24], // RSDS
  [0x434f544d, 20], // MTOC
]);

/** The path of the file with debug symbols that the linker wrote into a driver; null where there is none. */
export function debugPath(file: RomView, pe: PeHeader): FoundText | null {
  const table = fileOffset(pe, pe.debug.address);
  if (table === null) return null;
  const entries = Math.min(Math.floor(pe.debug.bytes / ENTRY_BYTES), MOST_ENTRIES);
  for (let i = 0; i < entries; i += 1) {
    const entry = table + i * ENTRY_BYTES;
    if (file.u32(entry + 12) !== CODEVIEW) continue;
    const record = file.u32(entry + 24);
    const from = PATH_OFFSETS.get(file.u32(record));
    const text = from === undefined ? null : asciiAt(file, record + from);
    if (from !== undefined && text !== null) return { text, offset: record + from };
  }
  return null;
}

/** `/build/X64/IgdAssignmentDxe.dll` → `IgdAssignmentDxe`. */
export function nameInPath(path: string): string {
  const file = path.split(/[/\\]/).at(-1) ?? path;
  return file.replace(/\.(?:dll|pdb|debug|efi|efidrv|obj|tmp)$/i, '');
}
