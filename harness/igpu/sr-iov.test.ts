import { expect, it, test } from 'vitest';
import { IGPU_FAMILIES } from './families.ts';
import { sharingOf } from './sr-iov.ts';

it.each(IGPU_FAMILIES)(
  '$codename: SR-IOV never before generation 12, GVT-g only in 8 and 9, never both',
  (family) => {
    const { sriov, gvtgFrom, sriovDrivers } = sharingOf(family.code);
    const generation = family.generation ?? (family.code === 'AML' ? 9 : 12);
    expect(sriov === 'no').toBe(generation < 12);
    expect(gvtgFrom === null || (generation >= 8 && generation <= 9)).toBe(true);
    expect(sriovDrivers === '').toBe(sriov === 'no' || sriov === 'unknown');
  },
);

test('an N100 has SR-IOV, a J4125 has nothing, an i5-8500T has GVT-g', () => {
  expect(sharingOf('ADL-N')).toMatchObject({ sriov: 'yes', gvtgFrom: null });
  expect(sharingOf('GLK')).toMatchObject({ sriov: 'no', gvtgFrom: null });
  expect(sharingOf('CFL')).toMatchObject({ sriov: 'no', gvtgFrom: '5.2' });
});
