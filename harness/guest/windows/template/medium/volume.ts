import type { ByteReader } from './byte-reader.ts';

/** Bytes of a sector of an optical medium. */
export const SECTOR = 2048;
/** Where the descriptors begin that say what kind of volume it is (ECMA-119 §6.2.1, ECMA-167 2/8). */
const FIRST = 16;
/** Descriptors that are looked at: some ISO 9660 ones, then those of UDF. */
const LOOKED_AT = 32;

/** By which file systems an image can be read. */
export interface Volume {
  /** Its name, and the bytes that it claims to have, by ISO 9660's primary descriptor. */
  readonly iso9660: { readonly label: string; readonly bytes: number } | null;
  readonly udf: boolean;
}

/** Looks at the signatures in front of an image: `CD001` is ISO 9660, `NSR02` and `NSR03` are UDF. */
export async function readVolume(reader: ByteReader): Promise<Volume> {
  let iso9660: Volume['iso9660'] = null;
  for (let at = FIRST; at < FIRST + LOOKED_AT && (at + 1) * SECTOR <= reader.size; at++) {
    const sector = await reader.read(at * SECTOR, SECTOR);
    const id = sector.toString('latin1', 1, 6);
    if (id === 'CD001' && sector[0] === 1) iso9660 ??= primary(sector);
    else if (id === 'NSR02' || id === 'NSR03') return { iso9660, udf: true };
    else if (!['CD001', 'BEA01', 'BOOT2', 'CDW02'].includes(id)) break;
  }
  return { iso9660, udf: false };
}

/** ECMA-119 §8.4: the volume identifier, and the volume space size in blocks. */
function primary(sector: Buffer): { readonly label: string; readonly bytes: number } {
  return {
    label: sector.toString('latin1', 40, 72).trim(),
    bytes: sector.readUInt32LE(80) * sector.readUInt16LE(128),
  };
}
