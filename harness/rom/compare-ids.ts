import type { RomFacts, RomFinding } from './facts.ts';
import { ROM_FINDINGS } from './finding-ids.ts';
import type { PciId } from './pci-id.ts';

/**
 * Compares the ids in a ROM's images with the device it is given to. In: facts and the device's ids. Out: one finding an
 * image that differs, never more than `info`: edk2 does not compare ids for EFI images (PciOptionRomSupport.c), and good
 * ROMs carry 8086:ffff; SeaBIOS runs a PC-AT image only on the very device it names (src/optionroms.c, `map_pcirom`).
 */
export function compareRomIds(facts: RomFacts, device: PciId): RomFinding[] {
  return facts.images
    .filter((image) => image.vendor !== device.vendor || image.device !== device.device)
    .map((image) => ({
      id: 'rom.device-id-differs',
      severity: ROM_FINDINGS['rom.device-id-differs'].severity,
      offset: image.offset,
      text:
        `the image names ${image.vendor}:${image.device}, the device is ${device.vendor}:${device.device}; ` +
        (image.codeType === 'pc-at' ? 'SeaBIOS does not run it' : 'UEFI firmware does not compare them'),
    }));
}
