import type { TraceEvent } from '../../trace/event.ts';
import { deviceOutcome } from '../outcome.ts';
import type { Evidence } from '../result.ts';
import { conclude, quote, rule, type Conclusion, type View } from '../rule.ts';
import { romGiven } from '../rom-given.ts';

/**
 * `pci_get_rom_size()` in Linux drivers/pci/rom.c prints this when what it maps does not begin with 55 AA. For the
 * boot display that is the shadow at C0000, not the ROM BAR, so the value after `got` is whatever lies there.
 */
const HEADER_LINE =
  /\b(vfio-pci|i915|xe) (\S+): Invalid PCI ROM header signature: expecting 0xaa55, got 0x[0-9a-f]{4}/;

export interface RomLine {
  readonly driver: string;
  readonly evidence: Evidence;
}

/** Keeps the first few of the host kernel's ROM lines about the device under test. */
export function stepRomLines(
  lines: readonly RomLine[],
  event: TraceEvent,
  address: string,
): readonly RomLine[] {
  if (event.ch !== 'kernel' || lines.length >= 5) return lines;
  const match = HEADER_LINE.exec(event.line);
  if (match?.[2] !== address) return lines;
  return [...lines, { driver: match[1] ?? '', evidence: quote(event.n, 'host kernel', event.line) }];
}

/** The frightening ROM line where it proves nothing: with a ROM given, or on a system that works. */
export const romLine = rule<readonly RomLine[]>({
  id: 'rom-line',
  start: [],
  step: (lines, event, context) => stepRomLines(lines, event, context.host.igpu.address),
  conclude: (view, lines) => [
    ...describe(
      view,
      lines.filter(({ driver }) => driver === 'vfio-pci'),
    ),
    ...describeHostDriver(lines.filter(({ driver }) => driver !== 'vfio-pci')),
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
      title: 'The kernel’s “Invalid PCI ROM header signature” does not matter here',
      detail: given
        ? 'A ROM is given with romfile, so QEMU does not read the device’s own; the kernel prints the line all the same.'
        : 'The system works with it. The line says only what the kernel found at the address it mapped.',
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
      detail: 'i915 and xe print this while they look for the VBT on the host; it is not about the guest.',
      evidence: lines.map((line) => line.evidence),
    }),
  ];
}
