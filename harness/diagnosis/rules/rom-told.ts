import type { Case } from '../case.ts';
import type { RomState } from '../fact.ts';
import type { FindingId } from '../finding-id.ts';
import type { Claim, Fix } from '../finding.ts';
import { outcome } from '../outcome.ts';
import type { Quote } from '../quote.ts';
import { claim, type Rule } from '../rule.ts';
import { guestOs, mayBeWindows } from '../subject/guest.ts';
import { isOtherVendor } from '../subject/other-vendor.ts';
import { modeOf } from '../subject/passed.ts';
import { hasSymptom } from '../subject/trouble.ts';

interface Meaning {
  readonly id: FindingId;
  readonly title: string;
  readonly detail: string;
}

const MEANINGS: Readonly<Record<RomState, Meaning>> = {
  empty: {
    id: 'rom.file-empty',
    title: 'The ROM file is empty',
    detail:
      'A download that failed leaves an empty file (curl without -L stores nothing of a redirect), and QEMU refuses to start with it.',
  },
  'bare-efi': {
    id: 'rom.bare-efi',
    title: 'The file is a bare EFI driver, not an option ROM',
    detail:
      'It begins with MZ. Firmware executes only what is wrapped as an option ROM (55 AA, PCIR); the VM starts all the same, and the file does nothing.',
  },
  'no-rom': {
    id: 'rom.invalid',
    title: 'The file that is given as a ROM is none',
    detail:
      'An option ROM begins with 55 AA. A web page, an archive or a text in its place is passed over without a word, as if no ROM were given.',
  },
  'cut-off': {
    id: 'rom.incomplete',
    title: 'The ROM file is not whole',
    detail: 'It is shorter than it says, or than its release says: what is missing is not executed.',
  },
  'gop-only': {
    id: 'rom.incomplete',
    title: 'The ROM has nothing that hands over the OpRegion',
    detail:
      'A GOP driver alone draws the firmware’s picture. Neither it nor OVMF takes the OpRegion and stolen memory from QEMU: IgdAssignmentDxe does.',
  },
  'no-gop': {
    id: 'rom.no-gop',
    title: 'The ROM has no GOP driver: no picture before the guest’s driver starts',
    detail:
      'That is a choice of the ROM’s maker, not a fault. The picture comes with the guest’s own driver.',
  },
  'other-generation': {
    id: 'rom.gop-mismatch',
    title: 'The ROM’s GOP driver does not know this iGPU',
    detail:
      'A GOP driver is made for some generations of graphics and does nothing on others: no picture before the guest’s driver, and the driver finds a device that no firmware has set up.',
  },
  'legacy-only': {
    id: 'rom.no-efi-image',
    title: 'The ROM has no EFI image: OVMF executes nothing of it',
    detail: 'It holds an image for the old BIOS only. With SeaBIOS that can be right.',
  },
  'other-digest': {
    id: 'rom.digest-mismatch',
    title: 'The ROM file is not the one that was published',
    detail:
      'Its sum is another one. A transfer in text mode, a download that ended early, a page saved in its place: what is known of the published file says nothing of this one.',
  },
};

/** What is wrong with a ROM file, by what is told of it. */
export const romTold: Rule = {
  id: 'rom-told',
  findings: [...new Set(Object.values(MEANINGS).map(({ id }) => id))],
  conclude: (of) => {
    if (isOtherVendor(of)) return [];
    const told = of.facts.of('romState');
    return [...new Set(told.map(({ value }) => value))].flatMap((state) => {
      const quotes = told.filter(({ value }) => value === state).map(({ quote }) => quote);
      return state === 'no-gop' ? [] : one(state, quotes, of);
    });
  },
};

function one(state: RomState, quotes: readonly Quote[], of: Case): readonly Claim[] {
  // A ROM for the old BIOS is right where the guest has one.
  if (state === 'legacy-only' && firmwareIsOld(of)) return [];
  return [
    claim({
      ...MEANINGS[state],
      severity: isCause(state, of) ? 'cause' : 'warning',
      confidence: 'certain',
      evidence: quotes,
      fix: ANOTHER,
      explains: [
        'guest.code43',
        'rom.missing',
        'rom.invalid',
        'rom.digest-mismatch',
        'rom.gop-mismatch',
        'guest.display-enumeration',
        'opregion.not-passed',
        'host.dma-faults',
      ],
    }),
  ];
}

function firmwareIsOld(of: Case): boolean {
  const told = of.facts.of('firmware').map(({ value }) => value);
  return told.length > 0 && told.every((value) => value === 'seabios');
}

/** QEMU refuses an empty file for any device. The rest counts where the whole iGPU fails in a guest that needs it. */
function isCause(state: RomState, of: Case): boolean {
  const seen = outcome(of);
  // Whatever else is amiss: with such a ROM nothing would work.
  if (of.facts.has('outcome', 'works')) return false;
  if (state === 'empty') return true;
  if (modeOf(of) === 'vf' || modeOf(of) === 'mdev') return false;
  const dark = hasSymptom(of, 'no-picture', 'no-firmware-picture', 'corrupt-picture');
  return (
    (mayBeWindows(of) && seen !== 'unknown') ||
    dark ||
    (state === 'gop-only' && guestOs(of) === 'linux' && seen === 'fails')
  );
}

const ANOTHER: Fix = {
  why: 'Give the device an option ROM that is whole and made for its generation.',
  vm: [],
  steps: [
    {
      where: 'host',
      text: 'curl -fL -o /usr/share/kvm/<name>.rom <address of the file itself>, then sha256sum it and compare with the release',
    },
    { where: 'host', text: 'look into it: code43 rom inspect /usr/share/kvm/<name>.rom' },
  ],
  source: 'UEFI Specification, PCI option ROMs; QEMU docs/igd-assign.txt',
};
