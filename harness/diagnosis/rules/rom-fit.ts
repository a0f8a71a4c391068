import { gopLineOf, gopLinesOfRom } from '../../igpu/gop-lines.ts';
import { romsOfFamily } from '../../igpu/family-roms.ts';
import type { Case } from '../case.ts';
import type { Claim } from '../finding.ts';
import { claim, type Rule } from '../rule.ts';
import { familyOf } from '../subject/family.ts';
import { isOtherVendor } from '../subject/other-vendor.ts';
import { modeOf } from '../subject/passed.ts';
import { namedRoms, romWithoutGop } from '../subject/rom.ts';
import { displayFails, works } from '../subject/trouble.ts';

/** Whether the GOP driver of a ROM fits the iGPU, by the names of both; the file itself is another rule’s. */
export const romFit: Rule = {
  id: 'rom-fit',
  findings: ['rom.no-gop', 'rom.gop-mismatch'],
  conclude: (of) => {
    if (isOtherVendor(of) || modeOf(of) === 'vf' || modeOf(of) === 'mdev') return [];
    return [...withoutGop(of), ...ofOthers(of)];
  },
};

/** By design; so it answers who misses the firmware’s picture, and causes nothing else. */
function withoutGop(of: Case): readonly Claim[] {
  const evidence = romWithoutGop(of);
  if (evidence.length === 0) return [];
  const missed = of.facts.has('symptom', 'no-firmware-picture');
  return [
    claim({
      id: 'rom.no-gop',
      severity: missed ? 'contributing' : 'info',
      confidence: 'certain',
      title: 'The ROM has no GOP driver: no picture before the guest’s driver starts',
      detail:
        'That is a choice of the ROM’s maker, not a fault: firmware and boot loader stay dark, and the picture comes with the guest’s own driver.',
      evidence: [...evidence, ...of.facts.saying('symptom', 'no-firmware-picture')],
      fix: missed
        ? another(of, 'For a picture from the start take a ROM with a GOP driver for this iGPU.')
        : null,
      answers: ['no-firmware-picture'],
    }),
  ];
}

function ofOthers(of: Case): readonly Claim[] {
  const family = familyOf(of);
  const line = family === null ? null : gopLineOf(family.code);
  if (family === null || line === null) return [];
  const named = namedRoms(of).map(({ name, quote }) => ({ quote, lines: gopLinesOfRom(name) }));
  const told = of.facts
    .of('romFor')
    .map(({ value, quote }) => ({ quote, lines: gopLinesOfRom(value.replace(/[/\\]/g, ' ')) }));
  const all = [...named, ...told].filter(({ lines }) => lines.length > 0);
  const wrong = all.filter(({ lines }) => !lines.includes(line));
  // Who names several has tried several.
  if (wrong.length === 0 || wrong.length < all.length) return [];
  const partly = of.facts.has('outcome', 'works');
  return [
    claim({
      id: 'rom.gop-mismatch',
      severity: displayFails(of) ? (partly ? 'contributing' : 'cause') : works(of) ? 'info' : 'warning',
      confidence: displayFails(of) ? 'likely' : 'possible',
      title: `The ROM’s GOP driver is for other graphics than ${family.codename}`,
      detail:
        'A GOP driver is made for some generations of graphics, and does nothing on others: no picture before the guest’s driver, and the driver finds a device that no firmware has set up.',
      evidence: [...wrong.map(({ quote }) => quote), ...of.facts.quotes('device', 'cpu')],
      fix: another(of, 'Take the ROM for this generation.'),
      answers: ['no-firmware-picture'],
      explains: ['guest.code43', 'guest.display-enumeration', 'host.stolen-memory'],
    }),
  ];
}

function another(of: Case, why: string): Claim['fix'] {
  const family = familyOf(of);
  const ref = family === null ? undefined : romsOfFamily(family.code)[0];
  const text = ref === undefined ? 'code43 igpu <your CPU> names ROMs for it' : `code43 rom fetch ${ref}`;
  return {
    why,
    vm: ref === undefined ? [] : [{ edit: 'romfile', file: `${ref.slice(ref.lastIndexOf('/') + 1)}.rom` }],
    steps: [{ where: 'host', text }],
    source: 'names of the files of public ROM projects',
  };
}
