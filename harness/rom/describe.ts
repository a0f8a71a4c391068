import type { RomContents } from './contents.ts';
import { describeContents } from './describe-contents.ts';
import { machineName } from './efi-image.ts';
import { firmwareExecutes, hasExecutableEfiImage, seabiosImage } from './executes.ts';
import type { RomCodeType, RomFacts, RomImage } from './facts.ts';
import { romFindingKind } from './finding-ids.ts';
import { hex } from './hex.ts';

const CODE_TYPES: Readonly<Record<RomCodeType, string>> = {
  'pc-at': 'PC-AT (BIOS)',
  'open-firmware': 'Open Firmware',
  'pa-risc': 'PA-RISC',
  efi: 'EFI',
  unknown: 'unknown code type',
};

/**
 * Says of a ROM in plain words what is in it, what is wrong with it and who would execute it. In: the reader's facts, and
 * what is inside its images. Out: lines of printable ASCII without line ends.
 */
export function describeRom(facts: RomFacts, contents: RomContents = []): string[] {
  return [
    `${count(facts.size, 'byte')}, ${count(facts.images.length, 'image')}`,
    ...facts.images.flatMap((image, i) => [
      ...describeImage(facts, image, i + 1),
      ...(contents[i] === undefined ? [] : describeContents(contents[i])),
    ]),
    ...(facts.findings.length === 0 ? ['Nothing wrong was found.'] : ['What was found:']),
    ...facts.findings.map((finding) => {
      const title = romFindingKind(finding.id)?.title ?? 'A finding this version does not know';
      return `  ${finding.severity} ${finding.id} at ${hex(finding.offset)}: ${title} (${finding.text})`;
    }),
    uefiLine(facts),
    seabiosLine(facts),
  ];
}

function describeImage(facts: RomFacts, image: RomImage, number: number): string[] {
  const last = image.last ? ', marked as the last' : '';
  return [
    `Image ${number} at ${hex(image.offset)}: ${CODE_TYPES[image.codeType]}, ${count(image.length, 'byte')}${last}`,
    `  for PCI device ${image.vendor}:${image.device}, class ${image.classCode}`,
    ...describeEfi(facts, image),
    ...(image.checksumOk === null ? [] : [`  checksum ${image.checksumOk ? 'right' : 'wrong'}`]),
  ];
}

function describeEfi(facts: RomFacts, image: RomImage): string[] {
  if (image.efi === undefined) return [];
  const { subsystem, machine, compressed, peOffset } = image.efi;
  return [
    `  ${subsystemName(subsystem)} for ${machineName(machine)}, ${compressed ? 'compressed' : 'not compressed'}, ` +
      `body at ${hex(image.offset + peOffset)}`,
    `  UEFI firmware ${firmwareExecutes(facts, image) ? 'would execute it' : 'would not execute it'}`,
  ];
}

function subsystemName(subsystem: number): string {
  if (subsystem === 0x0a) return 'application';
  if (subsystem === 0x0b) return 'boot driver';
  if (subsystem === 0x0c) return 'runtime driver';
  return `subsystem ${hex(subsystem)}`;
}

function uefiLine(facts: RomFacts): string {
  return hasExecutableEfiImage(facts)
    ? 'UEFI firmware (OVMF): would execute it, unless Secure Boot refuses its signature. What the driver then does is not known from the file.'
    : 'UEFI firmware (OVMF): would not execute anything of it.';
}

function seabiosLine(facts: RomFacts): string {
  const image = seabiosImage(facts);
  return image === null
    ? 'SeaBIOS: would not execute anything of it.'
    : `SeaBIOS: would execute the PC-AT image at ${hex(image.offset)}, but only on the device ${image.vendor}:${image.device}.`;
}

/** `1 image`, `2 images`. */
export function count(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}
