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
