import { baseName } from '../base-name.ts';
import { romAdvice } from '../../rom/advice.ts';
import { hasExecutableEfiImage } from '../../rom/executes.ts';
import type { Case, RomSeen } from '../case.ts';
import type { FindingId } from '../finding-id.ts';
import type { Claim, Fix, Severity } from '../finding.ts';
import { outcome } from '../outcome.ts';
import { claim, type Rule } from '../rule.ts';
import { mayBeWindows } from '../subject/guest.ts';
import { modeOf } from '../subject/passed.ts';

/** What is wrong with a ROM file that was given. */
export const romFile: Rule = {
  id: 'rom-file',
  findings: [
    'rom.file-empty',
    'rom.bare-efi',
    'rom.invalid',
    'rom.no-efi-image',
    'rom.incomplete',
    'rom.no-gop',
    'rom.gop-mismatch',
  ],
  conclude: (of) => [...of.roms.flatMap((rom) => ofRom(rom, of)), ...emptyBySum(of)],
};

function ofRom(rom: RomSeen, of: Case): readonly Claim[] {
  const { facts, contents } = rom;
  const has = (id: string) => facts.findings.some((finding) => finding.id === id);
  if (facts.size === 0)
    return [
      said(
        'rom.file-empty',
        rom,
        of,
        'The ROM file is empty',
        'QEMU refuses to start with an empty romfile: a download that failed.',
      ),
    ];
  if (has('rom.bare-pe'))
    return [
      said(
        'rom.bare-efi',
        rom,
        of,
        'The file is a bare EFI driver, not an option ROM',
        'Firmware executes only what is wrapped as an option ROM (55 AA, PCIR). A VM starts with this file all the same; it just does nothing.',
      ),
    ];
  if (!hasExecutableEfiImage(facts)) {
    const id = has('rom.no-efi-image') ? 'rom.no-efi-image' : 'rom.invalid';
    const title =
      id === 'rom.invalid'
        ? 'The ROM file is no option ROM that firmware would execute'
        : 'The ROM has no EFI image: OVMF executes nothing of it';
    return [
      // There is always one: `readRom` says why firmware executes nothing of it.
      said(
        id,
        rom,
        of,
        title,
        facts.findings
          .slice(0, 3)
          .map(({ text }) => text)
          .join('; '),
      ),
    ];
  }
  return romAdvice(contents, true).flatMap(({ id, text }) => {
    if (id === 'rom.no-opregion-driver')
      return [said('rom.incomplete', rom, of, 'The ROM has nothing that hands over the OpRegion', text)];
    if (id === 'rom.no-gop')
      return [
        note(
          'rom.no-gop',
          rom,
          'info',
          'The ROM has no GOP driver: no picture before the guest’s driver starts',
          text,
        ),
      ];
    if (id === 'rom.several-gops')
      return [note('rom.gop-mismatch', rom, 'warning', 'The ROM has several GOP drivers', text)];
    return [];
  });
}

const ANOTHER: Fix = {
  why: 'Give the device an option ROM that is whole and made for its generation.',
  vm: [],
  steps: [
    { where: 'host', text: 'get the file again, or another one, and look at it: code43 rom inspect <file>' },
  ],
  source: 'UEFI Specification, PCI option ROMs; QEMU docs/igd-assign.txt',
};

/** A cause only where the whole device fails in a guest that needs the ROM. */
function said(id: FindingId, rom: RomSeen, of: Case, title: string, detail: string): Claim {
  const needs = modeOf(of) !== 'vf' && mayBeWindows(of) && outcome(of) === 'fails';
  const empty = id === 'rom.file-empty' && isMeant(rom.name, of);
  return {
    ...note(id, rom, needs || empty ? 'cause' : 'warning', title, detail),
    confidence: 'certain',
    fix: ANOTHER,
    explains: ['guest.code43', 'rom.missing', 'guest.display-enumeration'],
  };
}

function note(id: FindingId, rom: RomSeen, severity: Severity, title: string, detail: string): Claim {
  return claim({ id, severity, title, detail: `${detail} sha256 ${rom.sha256}`, evidence: [rom.quote] });
}

/** Whether the VM's ROM is the one of this name, as far as anything says its name. */
function isMeant(name: string, of: Case): boolean {
  const own = of.facts.of('romName').map(({ value }) => nameOf(value));
  return own.length === 0 || own.includes(nameOf(name));
}

function nameOf(path: string): string {
  return baseName(path).toLowerCase();
}

/** The sha256 of nothing. */
const OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** What is known of the file on the host is only its sum. */
function emptyBySum(of: Case): readonly Claim[] {
  const empty = of.facts.of('romDigest').filter(({ value }) => value.startsWith(OF_NOTHING));
  const quotes = empty.map(({ quote }) => quote);
  if (quotes.length === 0) return [];
  return [
    claim({
      id: 'rom.file-empty',
      severity: empty.some(({ value }) => isMeant(value.slice(OF_NOTHING.length + 1), of))
        ? 'cause'
        : 'warning',
      confidence: 'certain',
      title: 'The ROM file is empty: its sha256 is that of nothing',
      detail: 'QEMU refuses to start with an empty romfile: a download that failed.',
      evidence: quotes,
      fix: ANOTHER,
      explains: ['guest.code43', 'rom.missing', 'guest.display-enumeration', 'rom.digest-mismatch'],
    }),
  ];
}
