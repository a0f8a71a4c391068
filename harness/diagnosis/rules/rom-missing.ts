import { romsOfFamily } from '../../igpu/family-roms.ts';
import { KNOWN_ROMS } from '../../igpu/known-roms.ts';
import type { Case } from '../case.ts';
import type { Fix } from '../finding.ts';
import { outcome } from '../outcome.ts';
import { claim, type Rule } from '../rule.ts';
import { saidOfMissingRom } from '../said.ts';
import { familyOf } from '../subject/family.ts';
import { guestOs, mayBeWindows } from '../subject/guest.ts';
import { deviceQuotes, modeOf, romGiven } from '../subject/passed.ts';
import { hasCode43 } from '../subject/trouble.ts';

/** The whole iGPU is given to Windows without an option ROM, and fails. */
export const romMissing: Rule = {
  id: 'rom-missing',
  findings: ['rom.missing'],
  conclude: (of) => {
    const state = outcome(of);
    if (state !== 'fails' && state !== 'contradictory') return [];
    // A virtual function has no display and takes no part in what the ROM does.
    if (modeOf(of) === 'vf' || modeOf(of) === 'mdev' || !mayBeWindows(of)) return [];
    if (!hasCode43(of) && !showsNothing(of)) return [];
    const given = romGiven(of);
    if (given === 'yes') return [];
    const lines = [...of.signals.of('rom-read'), ...of.signals.of('rom-header')];
    if (given === 'unknown' && lines.length === 0) return [];
    const proved = given === 'no' || of.signals.has('rom-read');
    return [
      claim({
        id: 'rom.missing',
        severity: 'cause',
        confidence: proved ? 'certain' : 'likely',
        ...saidOfMissingRom(proved),
        evidence: [
          ...of.facts.quotes('romGiven', 'romName'),
          ...(given === 'no' ? deviceQuotes(of) : []),
          ...lines.map(({ quote }) => quote),
          ...of.facts.quotes('symptom', 'problemCode'),
        ],
        fix: fix(of),
        collect: proved
          ? []
          : ['the VM’s config (qm config): whether romfile is set', 'QEMU’s own output at that start'],
        explains: [
          'rom.signature-benign',
          'guest.code43',
          'opregion.not-passed',
          'guest.display-enumeration',
          'config.igpu-address',
          'qemu.legacy-not-for-generation',
        ],
      }),
    ];
  },
};

/** A Windows guest of which only a dark monitor is told: the same trouble, seen from outside. */
function showsNothing(of: Case): boolean {
  return guestOs(of) === 'windows' && of.facts.has('symptom', 'no-picture');
}

function fix(of: Case): Fix {
  const family = familyOf(of);
  const device = of.facts.get('device');
  const known = KNOWN_ROMS.find(({ ids }) => device !== null && ids.includes(device));
  const ref = known?.ref ?? (family === null ? undefined : romsOfFamily(family.code)[0]);
  const file = ref === undefined ? 'your-igpu.rom' : `${ref.slice(ref.lastIndexOf('/') + 1)}.rom`;
  const get =
    ref === undefined
      ? `find an option ROM made for ${family?.codename ?? 'this iGPU'} (code43 igpu <your CPU> names some)`
      : `code43 rom fetch ${ref}`;
  return {
    why: 'Give the device an option ROM made for its generation.',
    vm: [{ edit: 'romfile', file }],
    steps: [
      { where: 'host', text: get },
      { where: 'host', text: `put ${file} into /usr/share/kvm/ (libvirt: any path)` },
    ],
    source: 'QEMU docs/igd-assign.txt',
  };
}
