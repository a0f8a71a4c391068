import { matchLine } from '../../diagnosis/signature-match.ts';
import { signatureOf } from '../../diagnosis/signatures.ts';
import type { TraceEvent } from '../../trace/event.ts';
import { deviceOutcome } from '../outcome.ts';
import type { Evidence } from '../result.ts';
import { conclude, quote, rule, type Conclusion, type View } from '../rule.ts';
import { romGiven } from '../rom-given.ts';

const OF_DEVICE = signatureOf('rom-header');
const OF_DRIVER = signatureOf('rom-header-driver');
/** Looked for first: most lines of a log are none of these. */
const LITERALS: readonly string[] = [...new Set([...OF_DEVICE.literals, ...OF_DRIVER.literals])];

export interface RomLine {
  /** The host's own graphics driver that looked for a ROM; null: it was for a VM. */
  readonly driver: string | null;
  readonly evidence: Evidence;
}

/** Keeps the first few of the host kernel's ROM lines about the device under test. */
export function stepRomLines(
  lines: readonly RomLine[],
  event: TraceEvent,
  address: string,
): readonly RomLine[] {
  if (event.ch !== 'kernel' || lines.length >= 5) return lines;
  if (!LITERALS.some((literal) => event.line.includes(literal))) return lines;
  const found = matchLine(OF_DEVICE, event.line) ?? matchLine(OF_DRIVER, event.line);
  if (found?.['device'] !== address) return lines;
  return [...lines, { driver: found['driver'] ?? null, evidence: quote(event.n, 'host kernel', event.line) }];
}

/** The frightening ROM line where it proves nothing: with a ROM given, or on a system that works. */
export const romLine = rule<readonly RomLine[]>({
  id: 'rom-line',
  start: [],
  step: (lines, event, context) => stepRomLines(lines, event, context.host.igpu.address),
  conclude: (view, lines) => [
    ...describe(
      view,
      lines.filter(({ driver }) => driver === null),
    ),
    ...describeHostDriver(lines.filter(({ driver }) => driver !== null)),
  ],
});

function describe(view: View, lines: readonly RomLine[]): readonly Conclusion[] {
  if (lines.length === 0) return [];
  const evidence = lines.map((line) => line.evidence);
  const given = romGiven(view.context) === 'yes';
  if (!given && deviceOutcome(view) !== 'works') return [];
  return [
    conclude(null, [], {
      id: 'rom.header-line',
      severity: 'harmless',
      title: OF_DEVICE.finding?.title ?? OF_DEVICE.id,
      detail: `${given ? 'A ROM is given with romfile.' : 'The system works with it.'} ${OF_DEVICE.means}`,
      evidence,
    }),
  ];
}

function describeHostDriver(lines: readonly RomLine[]): readonly Conclusion[] {
  if (lines.length === 0) return [];
  return [
    conclude(null, [], {
      id: 'rom.header-line-host-driver',
      severity: 'info',
      title: 'The host’s own graphics driver looked for a ROM and found none',
      detail: OF_DRIVER.means,
      evidence: lines.map((line) => line.evidence),
    }),
  ];
}
