import { describe, expect, it } from 'vitest';
import { found } from '../fixtures/found.ts';
import { dmaFaultsTold } from './dma-faults.ts';

it('a stream that somebody tells of is a cause, and none where it works', () => {
  expect(found(dmaFaultsTold, { facts: { symptom: 'dma-faults', outcome: 'fails' } })).toEqual([
    'host.dma-faults cause likely',
  ]);
  expect(found(dmaFaultsTold, { facts: { outcome: 'fails' } })).toEqual([]);
});

it('what is past is none', () => {
  expect(found(dmaFaultsTold, { facts: { symptom: 'code-43', outcome: 'works' } })).toEqual([]);
});

describe('other complaints', () => {
  it.each([
    [{ facts: { symptom: ['dma-faults', 'no-audio'] } }, ['host.dma-faults cause likely']],
    [{ facts: { symptom: 'no-audio' } }, []],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(found(dmaFaultsTold, sketch)).toEqual(expected);
  });
});

it('those that are told of beside what works, or that the log shows to be few, are of the hand-over', () => {
  const symptom = 'dma-faults';
  expect(found(dmaFaultsTold, { facts: { symptom, outcome: 'works' } })).toEqual([
    'host.dma-faults warning likely',
  ]);
  const lines = [
    '[  201.5] DMAR: [DMA Read NO_PASID] Request device [00:02.0] fault addr 0x7d200000 [fault reason 0x06] PTE Read access is not set',
  ];
  expect(found(dmaFaultsTold, { facts: { symptom }, lines })).toEqual([]);
});
