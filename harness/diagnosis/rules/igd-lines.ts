import type { FindingId } from '../finding-id.ts';
import type { FixStep } from '../finding.ts';
import { claim, type Rule } from '../rule.ts';
import { concerns } from '../subject/passed.ts';
import { fails, works } from '../subject/trouble.ts';

interface Refusal {
  readonly signal: string;
  readonly id: FindingId;
  readonly title: string;
  /** QEMU prints it of working set-ups, too: it tries legacy mode by itself and goes on without. */
  readonly common: boolean;
  readonly steps: readonly FixStep[];
  readonly explains: readonly FindingId[];
}

/** What QEMU says of legacy mode (hw/vfio/igd.c), and which trouble that is. */
const REFUSALS: readonly Refusal[] = [
  {
    signal: 'igd-gen',
    id: 'qemu.unknown-generation',
    common: false,
    title: 'This QEMU does not know the iGPU’s generation, and leaves legacy mode off',
    steps: [
      {
        where: 'host',
        text: 'use QEMU 10.0 or newer (Core Ultra: 10.1); or 9.1 and older, which took unknown ones for generation 8',
      },
    ],
    explains: [
      'rom.missing',
      'opregion.not-passed',
      'guest.code43',
      'config.legacy-conflict',
      'config.gms-too-small',
    ],
  },
  {
    signal: 'igd-1f0',
    id: 'config.legacy-on-q35',
    common: true,
    title: 'Legacy mode needs 1f.0 free, and a q35 machine has its own LPC bridge there',
    steps: [
      {
        where: 'vm',
        text: 'machine: pc   # i440fx; or no legacy mode: x-igd-opregion=on, guest address 00:02.0 on pcie.0',
      },
    ],
    explains: ['guest.code43', 'opregion.not-passed', 'config.legacy-conflict'],
  },
  {
    signal: 'igd-norom',
    id: 'rom.missing',
    common: false,
    title: 'The device has no ROM, so legacy mode is off',
    steps: [{ where: 'vm', text: 'give the hostpci a romfile' }],
    explains: ['guest.code43', 'rom.signature-benign', 'opregion.not-passed'],
  },
  {
    signal: 'igd-legacy-illegal',
    id: 'qemu.legacy-not-for-generation',
    common: false,
    title: 'x-igd-legacy-mode=on is refused for this machine, address or generation',
    steps: [
      {
        where: 'vm',
        text: 'drop x-igd-legacy-mode=on; from QEMU 10.1 on it is for generations 6 to 9 on i440fx at 00:02.0',
      },
    ],
    explains: ['config.legacy-on-q35', 'config.legacy-conflict'],
  },
];

export const igdLines: Rule = {
  id: 'igd-lines',
  findings: REFUSALS.map(({ id }) => id),
  conclude: (of) =>
    REFUSALS.flatMap(({ signal, id, title, common, steps, explains }) => {
      const lines = of.signals.of(signal).filter((one) => concerns(of, one, 'start'));
      if (lines.length === 0) return [];
      return [
        claim({
          id,
          severity: works(of) ? 'info' : fails(of) || !common ? 'cause' : 'contributing',
          confidence: 'certain',
          title,
          detail:
            'QEMU says so itself. The VM goes on without the OpRegion, stolen memory and LPC ids that legacy mode hands over.',
          evidence: lines.map(({ quote }) => quote),
          fix: {
            why: 'Make legacy mode legal, or do without it.',
            vm: [],
            steps,
            source: 'QEMU hw/vfio/igd.c',
          },
          explains,
        }),
      ];
    }),
};
