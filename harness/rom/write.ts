import { parsePciId, type PciId } from './pci-id.ts';
import type { TestRomRecipeName } from './test-rom-recipes.ts';
import { efiImage, openFirmwareImage, pcAtImage, PCIR_OFFSET } from './write-image.ts';

const HALF = 2048;

/**
 * Writes a test ROM. In: the recipe's name and the ids of the device it is for, four lower-case hex digits each.
 * Out: its bytes, a power of two from 4 KiB to 256 KiB. The same input gives the same bytes. Throws `TypeError` on ids
 * of another form.
 */
export function writeTestRom(recipe: TestRomRecipeName, ids: PciId): Uint8Array {
  parsePciId(`${ids.vendor}:${ids.device}`);
  switch (recipe) {
    case 'good':
      return good(ids);
    case 'efi-only':
      return efiImage({ ids, length: 2 * HALF, last: true });
    case 'legacy-only':
      return pcAtImage({ ids, length: 2 * HALF, last: true });
    case 'bad-header':
      return patched(good(ids), 0, [0xfa, 0xcf]);
    case 'bad-data-signature':
      return patched(good(ids), PCIR_OFFSET, [0x58]);
    case 'truncated':
      return truncated(ids);
    case 'chained':
      return chained(ids);
    case 'oversized':
      return joined([good(ids), new Uint8Array(252 * 1024).fill(0xa5)]);
    case 'no-last-image':
      return good(ids, false);
  }
}

function good(ids: PciId, last = true): Uint8Array {
  return joined([pcAtImage({ ids, length: HALF, last: false }), efiImage({ ids, length: HALF, last })]);
}

/** Cut where the ROM BAR ends too, so that firmware sees that the image does not fit. */
function truncated(ids: PciId): Uint8Array {
  const images = [
    pcAtImage({ ids, length: HALF, last: false }),
    efiImage({ ids, length: 2 * HALF, last: true }),
  ];
  return joined(images).slice(0, 2 * HALF);
}

function chained(ids: PciId): Uint8Array {
  return joined([
    pcAtImage({ ids, length: HALF, last: false }),
    openFirmwareImage({ ids, length: HALF, last: false }),
    efiImage({ ids, length: HALF, last: false }),
    efiImage({ ids, length: HALF, last: true }),
  ]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function patched(bytes: Uint8Array, at: number, patch: readonly number[]): Uint8Array {
  bytes.set(patch, at);
  return bytes;
}
