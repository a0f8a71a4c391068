import { describe, expect, it } from 'vitest';
import { deviceOf } from '../fixtures/case.ts';
import { advice, claimOf, found } from '../fixtures/found.ts';
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

it.each([
  ['10.1, which passes what it does not know', { ...OLD, qemuVersion: '10.1.0' }],
  ['9.1, which guessed', { ...OLD, qemuVersion: '9.1.2' }],
  ['a device that only 9.2 does not know', { ...OLD, device: '8086:46d1', qemuVersion: '9.2.0' }],
  ['a device that is known', { ...OLD, device: '8086:3e92' }],
  ['a version that is not known', { device: OLD.device, symptom: 'no-picture' }],
  ['a version that is none', { ...OLD, qemuVersion: 'new' }],
  ['a system that works', { device: OLD.device, qemuVersion: '10.0.2', outcome: 'works' }],
  ['a virtual function', { ...OLD, mode: 'vf' }],
] as const)('is nothing with %s', (_, facts) => {
  expect(found(qemuTooOld, { facts })).toEqual([]);
});
