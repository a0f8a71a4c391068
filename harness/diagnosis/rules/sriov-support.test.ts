import { describe, expect, it } from 'vitest';
import { caseOf, type CaseSketch } from '../fixtures/case.ts';
import { claimOf, found } from '../fixtures/found.ts';
import { whole } from '../fixtures/whole.ts';
import { sriovSupport } from './sriov-support.ts';

const ID = 'sriov.not-supported';

describe('an iGPU of which virtual functions are wanted', () => {
  it.each<readonly [CaseSketch, readonly string[]]>([
    [{ facts: { device: '8086:3e92', symptom: 'vfs-missing' } }, [`${ID} cause certain`]],
    [{ facts: { device: '8086:3e92', symptom: 'code-43' } }, []],
    [{ facts: { device: '8086:46d1', symptom: 'vfs-missing', sign: 'sriov-refused' } }, []],
    [{ facts: { device: '8086:4c8a', symptom: 'vfs-missing' } }, []],
    [{ facts: { device: '8086:4c8a', sign: 'sriov-refused' } }, [`${ID} cause likely`]],
    [
      { facts: { device: '8086:4c8a', symptom: 'vfs-missing', sign: 'no-sriov-capability' } },
      [`${ID} cause likely`],
    ],
    [{ facts: { device: '8086:4c8a', mode: 'vf', symptom: 'code-43' } }, [`${ID} cause likely`]],
    [{ facts: { sign: 'sriov-refused' } }, [`${ID} cause possible`]],
    [{ facts: { symptom: 'vfs-missing' } }, []],
    [
      { facts: { device: '8086:3e92', symptom: 'vfs-missing' }, lines: ['i915 0000:00:02.0: Enabled 7 VFs'] },
      [],
    ],
  ])('%j gives %j', (sketch, expected) => {
    expect(found(sriovSupport, sketch)).toEqual(expected);
  });

  it.each([
    [{ device: '8086:3e92', symptom: 'vfs-missing' }, 'have no SR-IOV'],
    [{ device: '8086:4c8a', sign: 'sriov-refused' }, 'not known to work'],
    [{ sign: 'sriov-refused' }, 'A tool says'],
  ] as const)('%j is told as it is known: %s', (facts, words) => {
    expect(claimOf(sriovSupport, ID, { facts }).title).toContain(words);
  });
});

it('is told with who says so, and explains what comes of it', () => {
  const facts = {
    device: '8086:4c8a',
    codename: 'Rocket Lake',
    cpu: 'i5-11500',
    sign: ['no-sriov-capability', 'sriov-refused'],
    mode: 'vf',
    symptom: 'vfs-missing',
  } as const;
  expect(whole(sriovSupport, caseOf({ facts }))).toEqual([
    `${ID} cause likely: Rocket Lake: virtual functions of these graphics are not known to work`,
    '< sign: sriov-refused',
    '< device: 8086:4c8a',
    '< codename: Rocket Lake',
    '< cpu: i5-11500',
    '< mode: vf',
    '< symptom: vfs-missing',
    'steps vm',
    'explains sriov.no-pf-driver sriov.pf-on-vfio sriov.driver-broken host.device-missing guest.driver-missing guest.code43',
  ]);
});
