import type { Found } from './found.ts';
import type { RomView } from './view.ts';

/**
 * Checks a PC-AT image as SeaBIOS does (src/optionroms.c, `is_valid_rom`): the size in the header must not be 0 and all
 * bytes of that size must sum to 0 mod 256. UEFI firmware and Linux look at neither. Out: whether the sum is right.
 */
export function readPcAtImage(rom: RomView, at: number, length: number, found: Found): boolean {
  const declared = rom.u8(at + 2) * 512;
  if (declared !== length)
    found(
      'rom.legacy-size',
      at + 2,
      `the header says ${declared} bytes, PCIR ${length}; SeaBIOS goes by the header`,
    );
  const end = Math.min(at + (declared === 0 ? length : declared), rom.size);
  let sum = 0;
  for (let i = at; i < end; i += 1) sum += rom.u8(i);
  const ok = sum % 256 === 0;
  if (!ok)
    found(
      'rom.bad-checksum',
      at,
      `the bytes sum to ${sum % 256}, not 0; SeaBIOS refuses it, UEFI firmware does not look`,
    );
  return ok;
}
