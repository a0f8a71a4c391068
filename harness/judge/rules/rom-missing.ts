import { saidOfMissingRom } from '../../diagnosis/said.ts';
import { romFix } from '../fix.ts';
import { deviceOutcome, problemBoots } from '../outcome.ts';
import type { Evidence } from '../result.ts';
import { conclude, fact, quote, rule, type View } from '../rule.ts';
import { romGiven } from '../rom-given.ts';
import { stepRomLines, type RomLine } from './rom-line.ts';

/** The device fails and has, or seems to have, no option ROM. */
export const romMissing = rule<readonly RomLine[]>({
  id: 'rom-missing',
  start: [],
  step: (lines, event, context) => stepRomLines(lines, event, context.host.igpu.address),
  conclude: (view, lines) => {
    if (deviceOutcome(view) !== 'fails') return [];
    const given = romGiven(view.context);
    const kernel = lines.filter(({ driver }) => driver === null).map((line) => line.evidence);
    if (given === 'yes') return [];
    if (given === 'no' && (problemBoots(view).length > 0 || view.timeline.claims.length > 0)) {
      return [known(view, kernel)];
    }
    return given === 'unknown' && kernel.length > 0 ? [guessed(view, kernel)] : [];
  },
});

function known(view: View, kernel: readonly Evidence[]): ReturnType<typeof conclude> {
  const boots = problemBoots(view);
  const proved = saidOfMissingRom(true);
  return conclude(
    null,
    boots.map(({ boot }) => boot.boot),
    {
      id: 'rom.missing',
      severity: 'cause',
      confidence: 'likely',
      title: `${proved.title}: the VM config gives none`,
      detail: proved.detail,
      evidence: [
        fact('VM config', `no romfile on the hostpci of ${view.context.host.igpu.address}`),
        ...boots.map(({ boot, on }) =>
          quote(on.reading.n, 'guest agent', `boot ${boot.boot + 1}: ${on.reading.words}`),
        ),
        ...kernel,
      ],
      fix: romFix(view.context),
      collect: ['the same boots with a ROM that is known to work on this iGPU'],
    },
  );
}

function guessed(view: View, kernel: readonly Evidence[]): ReturnType<typeof conclude> {
  return conclude(null, [], {
    id: 'rom.missing',
    severity: 'cause',
    confidence: 'likely',
    ...saidOfMissingRom(false),
    evidence: [
      ...kernel,
      ...view.timeline.claims.slice(0, 2).map((claim) => quote(claim.n, 'statement', claim.text)),
    ],
    fix: romFix(view.context),
    collect: [
      'the VM config before the fix (qm config): whether romfile was set',
      'QEMU’s own output at that start: “Cannot read device rom” would settle it',
    ],
  });
}
