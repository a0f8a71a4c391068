import { describe, expect, it } from 'vitest';
import { caseOf, deviceOf } from '../fixtures/case.ts';
import { advice, claimOf, found } from '../fixtures/found.ts';
import { whole } from '../fixtures/whole.ts';
import { qemuTooOld } from './qemu-too-old.ts';

const ID = 'qemu.too-old';
const OLD = { device: '8086:7d55', qemuVersion: '10.0.2', symptom: 'no-picture' } as const;

describe('a QEMU from before 10.1', () => {
  it.each(['8086:7d55', '8086:64a0', '8086:b080', '8086:7d67'])('is too old for %s', (device) => {
    expect(found(qemuTooOld, { facts: { ...OLD, device } })).toEqual([`${ID} contributing possible`]);
  });

  it.each(['9.2.0', '10.0.0'])('is too old as %s', (qemuVersion) => {
    expect(found(qemuTooOld, { facts: { ...OLD, qemuVersion } })).toEqual([`${ID} contributing possible`]);
  });

  it('is the cause where legacy mode is asked for', () => {
    const sketch = { facts: OLD, vms: [{ devices: [deviceOf({ legacyIgd: true })] }] };
    expect(found(qemuTooOld, sketch)).toEqual([`${ID} cause certain`]);
    const claim = claimOf(qemuTooOld, ID, sketch);
    expect(advice(claim)).toContain('legacy-igd');
    expect(claim.evidence.map(({ text }) => text)).toEqual(['qemuVersion: 10.0.2', 'device: 8086:7d55']);
  });

  it('is the cause where QEMU says that it does not know the generation', () => {
    const lines = ['kvm: IGD device 0000:00:02.0 is unsupported in legacy mode, try SandyBridge or newer'];
    expect(found(qemuTooOld, { facts: OLD, lines })).toEqual([`${ID} cause certain`]);
  });
});

it('is the cause where QEMU’s own option asks for legacy mode', () => {
  const properties = new Map([['x-igd-legacy-mode', 'on']]);
  const sketch = { facts: OLD, vms: [{ devices: [deviceOf({ properties })] }] };
  expect(found(qemuTooOld, sketch)).toEqual([`${ID} cause certain`]);
  const claim = claimOf(qemuTooOld, ID, sketch);
  expect(claim.fix?.vm).toEqual([]);
  expect(claim.fix?.why).toContain('take legacy mode out');
});

it('is told with the version and the device, and explains what is left out', () => {
  expect(whole(qemuTooOld, caseOf({ facts: OLD }))).toEqual([
    `${ID} contributing possible: QEMU 10.0.2 is older than the first that can pass Meteor Lake graphics`,
    '< qemuVersion: 10.0.2',
    '< device: 8086:7d55',
    'steps host',
    'explains opregion.not-passed guest.code43 qemu.unknown-generation',
  ]);
  expect(claimOf(qemuTooOld, ID, { facts: OLD }).fix?.why).not.toContain('legacy');
});

it.each([
  ['10.1, which passes what it does not know', { ...OLD, qemuVersion: '10.1.0' }],
  ['9.1, which guessed', { ...OLD, qemuVersion: '9.1.2' }],
  ['a device that only 9.2 does not know', { ...OLD, device: '8086:46d1', qemuVersion: '9.2.0' }],
  ['a device that is known', { ...OLD, device: '8086:3e92' }],
  ['a version that is not known', { device: OLD.device, symptom: 'no-picture' }],
  ['a version that is none', { ...OLD, qemuVersion: 'new' }],
  ['a system that works', { device: OLD.device, qemuVersion: '10.0.2', outcome: 'works' }],
  ['a virtual function', { ...OLD, mode: 'vf' }],
  ['a mediated device', { ...OLD, mode: 'mdev' }],
  ['no device', { qemuVersion: '10.0.2', symptom: 'no-picture' }],
  ['a device of no family', { ...OLD, device: '8086:ffff' }],
] as const)('is nothing with %s', (_, facts) => {
  expect(found(qemuTooOld, { facts })).toEqual([]);
});

describe('a QEMU from before 9.2 and graphics of generation 11 or later', () => {
  const fault = (at: number) =>
    `[ ${String(900 + at)}.1] DMAR: [DMA Read NO_PASID] Request device [00:02.0] fault addr 0x7c3ff000 [fault reason 0x06] PTE Read access is not set`;
  const many = Array.from({ length: 25 }, (_, at) => fault(at));
  const facts = { device: '8086:46d1', qemuVersion: '8.2.2', symptom: 'code-43', romGiven: true } as const;

  it('go astray with the stolen memory', () => {
    expect(found(qemuTooOld, { facts, lines: many })).toEqual([`${ID} cause likely`]);
    expect(found(qemuTooOld, { facts: { ...facts, symptom: ['code-43', 'dma-faults'] } })).toEqual([
      `${ID} cause likely`,
    ]);
  });

  it.each([
    ['a release that knows the register', { ...facts, qemuVersion: '9.2.0' }],
    ['older graphics', { ...facts, device: '8086:3e92' }],
    ['a virtual function', { ...facts, mode: 'vf' }],
    ['no ROM at all', { ...facts, romGiven: false }],
    ['a Linux guest', { ...facts, guestOs: 'linux' }],
    ['no failure', { device: '8086:46d1', qemuVersion: '8.2.2', romGiven: true, outcome: 'works' }],
  ] as const)('do not with %s', (_, others) => {
    expect(found(qemuTooOld, { facts: others, lines: many })).toEqual([]);
  });

  it('are not blamed for a few faults at hand-over', () => {
    expect(found(qemuTooOld, { facts, lines: many.slice(0, 4) })).toEqual([]);
  });
});
