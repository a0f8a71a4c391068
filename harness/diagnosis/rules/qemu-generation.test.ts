import { describe, expect, it } from 'vitest';
import { caseOf, deviceOf } from '../fixtures/case.ts';
import { claimOf, found } from '../fixtures/found.ts';
import { whole } from '../fixtures/whole.ts';
import { qemuGeneration } from './qemu-generation.ts';

const ID = 'qemu.unknown-generation';
const KNOWN_AS_BROKEN = { device: '8086:4692', qemuVersion: '9.2.0', symptom: 'no-picture' } as const;

describe('QEMU 9.2', () => {
  it.each(['8086:4692', '8086:46d1', '8086:a780', '8086:9bc5', '8086:4e61', '8086:4c8a', '8086:3185'])(
    'does not know %s',
    (device) => {
      expect(found(qemuGeneration, { facts: { ...KNOWN_AS_BROKEN, device } })).toEqual([
        `${ID} contributing possible`,
      ]);
    },
  );

  it.each(['8086:3e92', '8086:5912', '8086:1912', '8086:0412'])('knows %s', (device) => {
    expect(found(qemuGeneration, { facts: { ...KNOWN_AS_BROKEN, device } })).toEqual([]);
  });

  it('is the cause where the VM asks for legacy mode', () => {
    const sketch = { facts: KNOWN_AS_BROKEN, vms: [{ devices: [deviceOf({ legacyIgd: true })] }] };
    expect(found(qemuGeneration, sketch)).toEqual([`${ID} cause certain`]);
    expect(claimOf(qemuGeneration, ID, sketch).evidence.map(({ text }) => text)).toEqual([
      'qemuVersion: 9.2.0',
      'device: 8086:4692',
    ]);
  });

  it('is the cause where it says so itself', () => {
    expect(
      found(qemuGeneration, {
        facts: KNOWN_AS_BROKEN,
        lines: ['kvm: IGD device 0000:00:02.0 is unsupported in legacy mode, try SandyBridge or newer'],
      }),
    ).toEqual([`${ID} cause certain`]);
  });
});

it('is told with the version, the device and the processor, and explains what is left out', () => {
  const facts = { ...KNOWN_AS_BROKEN, cpu: 'i5-12400' } as const;
  expect(whole(qemuGeneration, caseOf({ facts }))).toEqual([
    `${ID} contributing possible: QEMU 9.2 does not know Alder Lake-S graphics`,
    '< qemuVersion: 9.2.0',
    '< device: 8086:4692',
    '< cpu: i5-12400',
    'steps host',
    'explains rom.missing opregion.not-passed guest.code43 qemu.legacy-not-for-generation',
  ]);
});

it('a device that no release knows is not what 9.2 forgot', () => {
  expect(found(qemuGeneration, { facts: { ...KNOWN_AS_BROKEN, device: '8086:7d55' } })).toEqual([]);
});

it.each(['8.1.5', '9.0.2', '9.1.2', '10.0.0', '10.0.2', '10.1.0'])(
  'QEMU %s has no such gap',
  (qemuVersion) => {
    expect(found(qemuGeneration, { facts: { ...KNOWN_AS_BROKEN, qemuVersion } })).toEqual([]);
  },
);

it.each([
  ['a virtual function', { ...KNOWN_AS_BROKEN, mode: 'vf' }],
  ['a mediated device', { ...KNOWN_AS_BROKEN, mode: 'mdev' }],
  ['a system that works', { device: '8086:4692', qemuVersion: '9.2.0', outcome: 'works' }],
  ['a version that is not known', { device: '8086:4692', symptom: 'no-picture' }],
  ['a device that is not known', { qemuVersion: '9.2.0', symptom: 'no-picture' }],
] as const)('is nothing with %s', (_, facts) => {
  expect(found(qemuGeneration, { facts })).toEqual([]);
});
