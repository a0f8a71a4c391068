import type { RomContents } from './contents.ts';
import type { KnownDriver } from './driver.ts';
import { hasExecutableEfiImage, seabiosImage } from './executes.ts';
import type { RomFacts, RomFinding } from './facts.ts';
import type { PciId } from './pci-id.ts';

/** What an owner should know of a ROM's contents: not of its format, which is what findings are about. */
export interface RomAdvice {
  readonly id: keyof typeof ADVICE;
  readonly severity: RomFinding['severity'];
  readonly text: string;
}

/** Every piece of advice. The sources: QEMU docs/igd-assign.txt for what a guest needs; README of AICodo/intel6-14rom, 4.4. */
const ADVICE = {
  'rom.no-opregion-driver': {
    severity: 'warning',
    text:
      'No driver in it asks QEMU for the OpRegion (fw_cfg file etc/igd-opregion). OVMF does not hand it over by itself, ' +
      'and the Windows driver needs it.',
  },
  'rom.gop-without-policy': {
    severity: 'warning',
    text: 'It has an Intel GOP driver, but no PlatformGopPolicy to give it the Video BIOS Table: expect no firmware picture.',
  },
  'rom.several-gops': {
    severity: 'warning',
    text: 'It has more than one Intel GOP driver; a ROM author reports that they disturb each other. Take one for your iGPU.',
  },
  'rom.no-gop': {
    severity: 'info',
    text: 'It has no Intel GOP driver: no picture before the driver of the guest starts.',
  },
} as const satisfies Record<string, Pick<RomFinding, 'severity' | 'text'>>;

/** In: a ROM, its contents, and whether it is meant for an Intel iGPU. Out: advice, the graver first. */
export function romAdvice(contents: RomContents, forIntelGraphics: boolean): RomAdvice[] {
  const found = contents.flatMap(({ driver }) => driver?.known ?? []);
  const has = (name: KnownDriver): boolean => found.some((known) => known.name === name);
  const gops = found.filter(({ name }) => name === 'IntelGopDriver').length;
  const known = contents.every(({ unreadable }) => unreadable === null);
  const meant = forIntelGraphics || found.length > 0;
  const ids: (keyof typeof ADVICE)[] = [
    ...(meant && known && !has('IgdAssignmentDxe') ? (['rom.no-opregion-driver'] as const) : []),
    ...(gops > 0 && known && !has('PlatformGopPolicy') ? (['rom.gop-without-policy'] as const) : []),
    ...(gops > 1 ? (['rom.several-gops'] as const) : []),
    ...(meant && known && gops === 0 ? (['rom.no-gop'] as const) : []),
  ];
  return ids.map((id) => ({ id, ...ADVICE[id] }));
}

/** Which firmware would execute something of a ROM when it is given to this device, and what of it, in words. */
export interface RomFit {
  readonly uefi: boolean;
  readonly seabios: boolean;
  readonly words: readonly string[];
}

/** In: a ROM and the device that it is to be given to. */
export function romFit(facts: RomFacts, contents: RomContents, device: PciId): RomFit {
  const id = `${device.vendor}:${device.device}`;
  const uefi = hasExecutableEfiImage(facts);
  const seabios = seabiosImage(facts, device) !== null;
  const named = facts.images.some(
    (image, i) =>
      image.vendor === device.vendor &&
      (image.device === device.device || (contents[i]?.deviceList.includes(device.device) ?? false)),
  );
  const others = [...new Set(facts.images.map((image) => `${image.vendor}:${image.device}`))].slice(0, 8);
  return {
    uefi,
    seabios,
    words: [
      named
        ? `It names ${id}.`
        : `It does not name ${id}, but ${others.length === 0 ? 'no device' : others.join(', ')}.`,
      uefi
        ? `With OVMF ${id} gets its EFI images executed${named ? '' : ': OVMF does not compare ids'}.`
        : `With OVMF nothing of it is executed for ${id}.`,
      seabios
        ? `With SeaBIOS ${id} gets its PC-AT image executed.`
        : `With SeaBIOS nothing of it is executed for ${id}.`,
    ],
  };
}
