import type { RomFacts, RomFinding, RomImage } from './facts.ts';
import { type FirmwareEffect, romFindingKind } from './finding-ids.ts';

/**
 * Whether UEFI firmware of an x86-64 VM would load and start this image, as far as the file decides: edk2's conditions
 * (PciOptionRomSupport.c) and the machine type. Secure Boot may still refuse it; what the driver then does is not known.
 */
export function firmwareExecutes(facts: RomFacts, image: RomImage): boolean {
  if (image.efi === undefined || firmwareHangs(facts)) return false;
  const end = image.offset + Math.max(image.length, 1);
  return !facts.findings.some((finding) => {
    const effect = firmwareEffect(finding);
    if (effect === 'ends') return finding.offset < end;
    return effect === 'skips' && finding.offset >= image.offset && finding.offset < end;
  });
}

/** Firmware walks the whole chain before it runs any of it, so one image it never gets past spoils the earlier ones too. */
function firmwareHangs({ findings }: RomFacts): boolean {
  const offsets = (effect: FirmwareEffect): number[] =>
    findings.filter((finding) => firmwareEffect(finding) === effect).map(({ offset }) => offset);
  return Math.min(...offsets('hangs')) < Math.min(...offsets('ends'));
}

function firmwareEffect({ id }: RomFinding): FirmwareEffect {
  return romFindingKind(id)?.firmware ?? 'none';
}

/** Whether UEFI firmware would execute at least one EFI image of this ROM. */
export function hasExecutableEfiImage(facts: RomFacts): boolean {
  return facts.images.some((image) => firmwareExecutes(facts, image));
}

/**
 * The PC-AT image that SeaBIOS would run for the device with these ids, or for any device when none is given: the first
 * of its ids with a size and a right checksum (SeaBIOS src/optionroms.c, `map_pcirom`, `is_valid_rom`). Null: none.
 */
export function seabiosImage(
  facts: RomFacts,
  ids?: { readonly vendor: string; readonly device: string },
): RomImage | null {
  const match = facts.images.find(
    (image) =>
      image.codeType === 'pc-at' &&
      (ids === undefined || (image.vendor === ids.vendor && image.device === ids.device)),
  );
  return match?.checksumOk === true && match.length > 0 ? match : null;
}
