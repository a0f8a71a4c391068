import { expect, it } from 'vitest';
import { advice, claimOf, found } from '../fixtures/found.ts';
import { iommuOff } from './iommu-off.ts';

it('is off where the BIOS says so', () => {
  const sketch = { facts: { biosSetting: ['above-4g=on', 'vt-d=off'] } } as const;
  expect(found(iommuOff, sketch)).toEqual(['host.iommu-off cause likely']);
  const claim = claimOf(iommuOff, 'host.iommu-off', sketch);
  expect(claim.evidence.map(({ text }) => text)).toEqual(['biosSetting: vt-d=off']);
  expect(advice(claim)).toContain('intel_iommu=on');
});

it.each([
  ['it is on', { biosSetting: 'vt-d=on' }],
  ['the set-up works', { biosSetting: 'vt-d=off', outcome: 'works' }],
  ['nothing is said of it', { symptom: 'vm-does-not-start' }],
] as const)('is not claimed where %s', (_, facts) => {
  expect(found(iommuOff, { facts })).toEqual([]);
});
