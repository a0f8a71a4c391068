import { type Driver, readDriver } from './driver.ts';
import { efiBody } from './efi-body.ts';
import type { RomFacts, RomImage } from './facts.ts';
import { hexDigits } from './hex.ts';
import { findBytes } from './text-in-driver.ts';
import { readVbt, type Vbt, VBT_SIGNATURE } from './vbt.ts';
import { romView, type RomView } from './view.ts';

/** What is inside the images of a ROM, beyond what decides whether they are executed. One entry an image, in order. */
export type RomContents = readonly ImageContents[];

export interface ImageContents {
  readonly offset: number;
  /** Revision and bytes of its PCI data structure. */
  readonly pcirRevision: number;
  readonly pcirLength: number;
  /** Further device ids that the image is for, four hex digits each (PCI Firmware Specification 3.0, from revision 3 on). */
  readonly deviceList: readonly string[];
  /** Revision of the code, as its vendor counts. */
  readonly codeRevision: number;
  /** The driver of an EFI image; null for other images, and where it cannot be had. */
  readonly driver: Driver | null;
  /** Bytes that the driver takes while packed; null where it is not packed. */
  readonly packed: number | null;
  /** Why there is no driver to read; null where there is one, or the image is for no UEFI firmware. */
  readonly unreadable: string | null;
  /** Video BIOS Tables in an image that is not EFI. */
  readonly vbts: readonly Vbt[];
}

const MOST_LISTED = 256;
const MOST_VBTS = 8;

/** In: a ROM and what `readRom` said of it; how bytes are looked at. Never throws. */
export function readContents(
  bytes: Uint8Array,
  facts: RomFacts,
  view: (bytes: Uint8Array) => RomView = romView,
): RomContents {
  const rom = view(bytes);
  return facts.images.map((image) => {
    const pcir = image.offset + rom.u16(image.offset + 0x18);
    const revision = rom.u8(pcir + 0x0c);
    return {
      offset: image.offset,
      pcirRevision: revision,
      pcirLength: rom.u16(pcir + 0x0a),
      deviceList: revision >= 3 ? deviceList(rom, pcir) : [],
      codeRevision: rom.u16(pcir + 0x12),
      ...inside(bytes, image, view),
    };
  });
}

function deviceList(rom: RomView, pcir: number): string[] {
  const pointer = rom.u16(pcir + 8);
  const ids: string[] = [];
  if (pointer === 0) return ids;
  for (let at = pcir + pointer; at + 1 < rom.size && ids.length < MOST_LISTED; at += 2) {
    const id = rom.u16(at);
    if (id === 0) break;
    ids.push(hexDigits(id, 4));
  }
  return ids;
}

function inside(
  bytes: Uint8Array,
  image: RomImage,
  view: (bytes: Uint8Array) => RomView,
): Pick<ImageContents, 'driver' | 'packed' | 'unreadable' | 'vbts'> {
  const none = { driver: null, packed: null, unreadable: null, vbts: [] };
  if (image.codeType !== 'efi') {
    const own = view(bytes.subarray(image.offset, image.offset + image.length));
    const places = findBytes(own, { vbt: VBT_SIGNATURE }, MOST_VBTS).vbt;
    return { ...none, vbts: places.map((at) => readVbt(own, at)) };
  }
  const body = efiBody(bytes, image);
  if (typeof body === 'string') return { ...none, unreadable: body };
  return { ...none, driver: readDriver(view(body.bytes)), packed: body.packed };
}
