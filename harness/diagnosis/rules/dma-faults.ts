import type { Case } from '../case.ts';
import { claim, type Rule } from '../rule.ts';
import { dmaFaults, FEW } from '../signatures/dma-faults.ts';

/** A stream of DMA faults that somebody tells of; what the log's own lines say stands with their signatures. */
export const dmaFaultsTold: Rule = {
  id: 'dma-faults-told',
  findings: ['host.dma-faults'],
  conclude: (of) => {
    const told = of.facts.of('symptom').filter(({ value }) => value === 'dma-faults');
    if (told.length === 0 || fewInLog(of)) return [];
    return [
      claim({
        id: 'host.dma-faults',
        // Faults that are told of beside what works are those of the hand-over.
        severity: of.facts.has('outcome', 'works') ? 'warning' : 'cause',
        title: 'The iGPU goes on using memory that it does not own (DMA faults without end)',
        detail:
          'A few DMA faults at hand-over are normal; faults that go on as long as the VM runs say that guest and device do not agree on the stolen memory.',
        evidence: told.map(({ quote }) => quote),
        collect: ['The whole kernel log of the host since its boot, with times'],
        explains: ['guest.code43'],
      }),
    ];
  },
};

/** The log itself shows them: a few, as the device changes hands. */
function fewInLog(of: Case): boolean {
  const { late, early, paced } = dmaFaults(of);
  return late + early > 0 && late < FEW && !paced;
}
