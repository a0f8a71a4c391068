import { NotRead, type Budget } from './budget.ts';
import type { ArchiveEntry } from './entry.ts';
import { inflate } from './inflate.ts';

const END = 0x06054b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
/** The end record may be followed by a comment of at most 65,535 bytes. */
const END_WITHIN = 22 + 65_535;

/**
 * The files of a zip archive, by its directory (APPNOTE 4.3). Folders are left out.
 * @throws NotRead where there is no directory, or it leads out of the file
 */
export function* zipEntries(bytes: Uint8Array, budget: Budget): Generator<ArchiveEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endRecord(view);
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== DIRECTORY)
      throw new NotRead('its directory is damaged');
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, nameEnd));
    const place = at;
    if (!name.endsWith('/'))
      yield {
        name,
        read: (take) => {
          readFile(view, bytes, place, { budget, take });
        },
      };
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
}

function endRecord(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - END_WITHIN); at -= 1)
    if (view.getUint32(at, true) === END) return at;
  throw new NotRead('it is cut off: a zip archive ends with its directory');
}

interface Target {
  readonly budget: Budget;
  readonly take: (piece: Uint8Array) => void;
}

/** @param at of its entry in the directory, whose sizes count: those in front of the data may be missing */
function readFile(view: DataView, bytes: Uint8Array, at: number, { budget, take }: Target): void {
  if ((view.getUint16(at + 8, true) & 1) !== 0) throw new NotRead('it is encrypted');
  const method = view.getUint16(at + 10, true);
  const size = view.getUint32(at + 20, true);
  const local = view.getUint32(at + 42, true);
  if (size === 0xffffffff || local === 0xffffffff) throw new NotRead('it has the form for more than 4 GiB');
  if (local + 30 > bytes.length || view.getUint32(local, true) !== LOCAL)
    throw new NotRead('the archive’s directory leads nowhere');
  const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (from + size > bytes.length) throw new NotRead('it is cut off');
  const packed = bytes.subarray(from, from + size);
  if (method === 8) inflate('deflate', packed, budget, take);
  else if (method === 0) {
    budget.spend(packed.length);
    take(packed);
  } else throw new NotRead(`it is compressed by method ${method}, which is not read here`);
}
