import { describe, expect, it } from 'vitest';
import { advice, claimOf, found } from '../fixtures/found.ts';
import { vbs } from './vbs.ts';

it.each([{ symptom: 'code-43' }, { problemCode: 43 }] as const)('is the cause with %j', (facts) => {
  const sketch = { facts: { vbs: true, ...facts } } as const;
  expect(found(vbs, sketch)).toEqual(['guest.vbs cause likely']);
  const claim = claimOf(vbs, 'guest.vbs', sketch);
  expect(claim.evidence.map(({ text }) => text)).toContain('vbs: true');
  expect(claim.explains).toContain('guest.code43');
  expect(advice(claim)).toContain('hypervisorlaunchtype off');
});

it.each([{ outcome: 'works' }, { symptom: 'no-picture' }, {}] as const)('is only told with %j', (facts) => {
  expect(found(vbs, { facts: { vbs: true, ...facts } })).toEqual(['guest.vbs info likely']);
});

it.each([{ symptom: 'code-43' }, { vbs: false, symptom: 'code-43' }] as const)(
  'is nothing with %j',
  (facts) => {
    expect(found(vbs, { facts })).toEqual([]);
  },
);

describe('what is past', () => {
  it.each([
    [{ facts: { vbs: true, symptom: 'code-43', outcome: 'works' } }, ['guest.vbs info likely']],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(found(vbs, sketch)).toEqual(expected);
  });
});
