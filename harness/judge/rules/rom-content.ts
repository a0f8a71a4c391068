import type { RomFinding } from '../../rom/facts.ts';
import { romFix } from '../fix.ts';
import { problemBoots } from '../outcome.ts';
import { conclude, fact, quote, rule } from '../rule.ts';

/** The device fails, and the ROM that it was given is one that firmware will not execute. */
export const romContent = rule({
  id: 'rom-content',
  start: null,
  conclude: (view) => {
    const facts = view.context.rom?.facts ?? null;
    const broken = facts?.findings.filter((found) => found.severity === 'error') ?? [];
    const boots = problemBoots(view);
    if (view.context.rom === null || facts === null || broken.length === 0 || boots.length === 0) return [];
    const noEfi = broken.every((found) => found.id === 'rom.no-efi-image');
    return [
      conclude(
        null,
        boots.map(({ boot }) => boot.boot),
        {
          id: noEfi ? 'rom.no-efi-image' : 'rom.invalid',
          severity: 'cause',
          confidence: 'likely',
          title: noEfi
            ? 'The ROM has no EFI image, so it hands nothing over'
            : 'The ROM file is not a valid option ROM',
          detail: noEfi
            ? 'It holds only a legacy image. The driver that hands over the OpRegion is an EFI driver.'
            : 'Firmware reads the header, the PCIR structure and the lengths before it executes an image; here they do not hold.',
          evidence: [
            ...broken.slice(0, 6).map((found) => fact(`ROM ${view.context.rom?.ref ?? ''}`, words(found))),
            ...boots.map(({ boot, on }) =>
              quote(on.reading.n, 'guest agent', `boot ${boot.boot + 1}: ${on.reading.words}`),
            ),
          ],
          fix: romFix(view.context),
          collect: ['the same boots with a ROM that is known to work on this iGPU'],
        },
      ),
    ];
  },
});

function words(found: RomFinding): string {
  return `${found.text} (at byte ${found.offset})`;
}
