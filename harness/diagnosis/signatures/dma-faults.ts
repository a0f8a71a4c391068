import type { Case } from '../case.ts';
import type { Signature } from '../signature.ts';
import { concerns } from '../subject/passed.ts';
import { works } from '../subject/trouble.ts';

/** Faults that a hand-over may bring, and how many prove that it goes on. */
export const FEW = 20;
const MANY = 100;
/** Seconds since the host's boot before which only firmware can have set the device up. */
const FIRMWARE_UNTIL = 2;

export interface DmaFaults {
  /** Faults of the passed device after the host's first seconds, with those that the kernel did not print. */
  readonly late: number;
  readonly early: number;
  /** Whether they come at the pace of a display: 60 or so a second. */
  readonly paced: boolean;
}

/** The DMA faults of the device in question. Of a log whose lines have no time all count as late. */
export function dmaFaults(of: Case): DmaFaults {
  const kept = of.signals.of('dmar-fault');
  const own = kept.filter((signal) => concerns(of, signal));
  const dropped = Math.max(0, of.signals.count('dmar-fault') - kept.length);
  const early = own.filter(({ time }) => time !== null && time < FIRMWARE_UNTIL).length;
  const suppressed = of.signals
    .of('dmar-rate')
    .filter(({ time }) => time === null || time >= FIRMWARE_UNTIL)
    .reduce((sum, { captures }) => sum + Number(captures['count']), 0);
  const hidden = own.length === 0 ? 0 : own.length === kept.length ? dropped + suppressed : 0;
  return { early, late: own.length - early + hidden, paced: paced(own.flatMap(({ time }) => time ?? [])) };
}

function paced(times: readonly number[]): boolean {
  const frames = times.slice(1).filter((time, index) => {
    const gap = time - (times[index] ?? time);
    return gap > 0.01 && gap < 0.03;
  });
  return frames.length >= FEW;
}

/** Kernel: the IOMMU stops a device that reads or writes where it may not. */
export const DMA_FAULTS: readonly Signature[] = [
  {
    id: 'dmar-fault',
    emitters: ['host-kernel'],
    literals: ['Request device ['],
    pattern:
      /\bDMAR: ?\[DMA (?<kind>Read|Write)(?: NO_PASID)?\] Request device \[(?<device>(?:0x)?[0-9a-f]{2}:(?:0x)?[0-9a-f]{2}\.[0-7])\] (?:PASID [0-9a-f]{1,8} )?fault addr (?<address>(?:0x)?[0-9a-f]{1,16})(?: ?\[fault reason (?<reason>(?:0x)?[0-9a-f]{1,3})\])?/,
    means:
      'The device used an address that nobody gave it. A few at hand-over are normal: the screen is still read while its memory goes. A stream says that the device lives on in memory that is gone; it does not say who should have stopped it.',
    source: 'drivers/iommu/intel/dmar.c, dmar_fault_do_one(); QEMU’s docs/igd-assign.txt',
    finding: {
      id: 'host.dma-faults',
      title: 'The iGPU goes on using memory that it does not own (DMA faults without end)',
      severity: (_, of) => {
        const { late, paced: stream } = dmaFaults(of);
        if (late >= MANY || stream) return works(of) ? 'warning' : 'cause';
        return late >= FEW && !works(of) ? 'warning' : null;
      },
      confidence: (_, of) => (dmaFaults(of).late >= MANY ? 'likely' : 'possible'),
      collect: ['The whole kernel log of the host since its boot, with times'],
    },
    also: {
      id: 'host.dma-faults-handover',
      title: 'A few DMA faults when the iGPU changes hands are normal',
      severity: (_, of) => {
        const { late, early, paced: stream } = dmaFaults(of);
        return early + late > 0 && late < (works(of) ? MANY : FEW) && !stream ? 'harmless' : null;
      },
    },
  },
  {
    id: 'dmar-status',
    emitters: ['host-kernel'],
    literals: ['handling fault status reg'],
    pattern: /\bDMAR: ?DRHD: handling fault status reg (?<status>[0-9a-f]{1,8})/,
    means: 'Introduces a DMA fault. By itself it does not say which device or how many.',
    source: 'drivers/iommu/intel/dmar.c, dmar_fault()',
    finding: null,
  },
  {
    id: 'dmar-rate',
    emitters: ['host-kernel'],
    literals: ['dmar_fault:'],
    pattern: /\bdmar_fault: (?<count>\d{1,9}) callbacks suppressed/,
    means: 'So many more fault lines were not printed within some seconds.',
    source: 'lib/ratelimit.c for drivers/iommu/intel/dmar.c',
    finding: null,
  },
  {
    id: 'dmar-ite',
    emitters: ['host-kernel'],
    literals: ['Invalidation Time-out', 'VT-d detected'],
    pattern: /\bDMAR: VT-d detected (?<what>Invalidation (?:Time-out|Queue|Completion) Error)/,
    means:
      'A device does not answer the IOMMU any more: it hangs or is powered off. It does not say what brought it there.',
    source: 'drivers/iommu/intel/dmar.c, qi_dump_fault()',
    finding: null,
  },
];
