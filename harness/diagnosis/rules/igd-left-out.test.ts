import { describe, expect, it } from 'vitest';
import { caseOf, type CaseSketch } from '../fixtures/case.ts';
import { found } from '../fixtures/found.ts';
import { whole } from '../fixtures/whole.ts';
import { igdLeftOut } from './igd-left-out.ts';

type Told = NonNullable<CaseSketch['facts']>;
const DARK = { qemuVersion: '5.0.0', mode: 'whole', symptom: 'no-picture' } as const;

describe('QEMU 5.0', () => {
  it.each<Told>([
    DARK,
    { ...DARK, qemuVersion: '5.0' },
    { ...DARK, symptom: 'no-firmware-picture' },
    { ...DARK, symptom: 'code-43' },
    { ...DARK, symptom: 'after-update' },
  ])('hands nothing over: %j', (facts) => {
    expect(found(igdLeftOut, { facts })).toEqual(['qemu.regression cause likely']);
  });

  it.each<Told>([
    { ...DARK, qemuVersion: '5.1.0' },
    { ...DARK, qemuVersion: '15.0.1' },
    { ...DARK, qemuVersion: '5.01' },
    { ...DARK, symptom: 'no-audio' },
    { ...DARK, mode: 'vf' },
    { ...DARK, mode: 'mdev' },
    { ...DARK, symptom: 'code-43', outcome: 'works' },
    { symptom: 'no-picture' },
  ])('is not to blame for %j', (facts) => {
    expect(found(igdLeftOut, { facts })).toEqual([]);
  });

  it('is told with its version and the complaint, and explains what is not handed over', () => {
    expect(whole(igdLeftOut, caseOf({ facts: DARK }))).toEqual([
      'qemu.regression cause likely: QEMU 5.0 leaves its code for Intel graphics out',
      '< qemuVersion: 5.0.0',
      '< symptom: no-picture',
      'steps host',
      'explains rom.missing opregion.not-passed guest.code43 config.legacy-on-q35 config.legacy-conflict',
    ]);
  });
});
