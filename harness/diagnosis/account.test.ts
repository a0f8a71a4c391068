import { describe, expect, it } from 'vitest';
import { account } from './account.ts';
import type { Claim } from './finding.ts';
import { caseOf, type CaseSketch } from './fixtures/case.ts';
import { claim } from './rule.ts';

function made(known: Partial<Claim> = {}): Claim {
  return claim({ id: 'rom.missing', severity: 'cause', title: '', detail: '', ...known });
}

const UNKNOWN = made({ id: 'unknown', severity: 'info', confidence: 'certain' });
const verdict = (sketch: CaseSketch, ...findings: Claim[]) => account(caseOf(sketch), findings).verdict;
const collect = (sketch: CaseSketch, ...findings: Claim[]) => account(caseOf(sketch), findings).collect;

describe('the verdict', () => {
  it.each([
    ['pass', 'it works', { outcome: 'works' }, made({ id: 'works', severity: 'info' })],
    ['fail', 'it fails, whatever the cause', { symptom: 'code-43' }, UNKNOWN],
    ['fail', 'it fails with a cause', { symptom: 'code-43' }, made()],
    ['fail', 'a certain cause is found and nothing is said', {}, made({ confidence: 'certain' })],
    ['inconclusive', 'a likely cause is found and nothing is said', {}, made()],
    ['inconclusive', 'nothing is said and found', {}, UNKNOWN],
    ['inconclusive', 'it is said to work and to fail', { outcome: ['works', 'fails'] }, made()],
    [
      'fail',
      'it is said to work and to fail, and a machine refuses it',
      { outcome: ['works', 'fails'] },
      made({ confidence: 'certain', decides: true }),
    ],
    [
      'inconclusive',
      'a part of it works',
      { outcome: 'works', symptom: 'no-audio' },
      made({ severity: 'contributing' }),
    ],
  ] as const)('is %s where %s', (expected, _, facts, finding) => {
    expect(verdict({ facts }, finding)).toBe(expected);
  });
});

describe('what to collect', () => {
  it('is nothing where it works, where the cause is certain, and of other devices', () => {
    expect(collect({ facts: { outcome: 'works' } }, made({ id: 'works', severity: 'info' }))).toEqual([]);
    expect(
      collect({ facts: { symptom: 'code-43' } }, made({ confidence: 'certain', collect: ['x'] })),
    ).toEqual([]);
    expect(collect({}, made({ id: 'device.other-vendor', severity: 'info' }))).toEqual([]);
  });

  it('is first what the findings ask for, each once', () => {
    const asked = collect({}, made({ collect: ['x', 'y'] }), made({ id: 'guest.vbs', collect: ['y', 'z'] }));
    expect(asked.slice(0, 3)).toEqual(['x', 'y', 'z']);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('is what is missing', () => {
    const all = collect({}, UNKNOWN);
    expect(all.some((what) => what.includes('qm config'))).toBe(true);
    expect(all.some((what) => what.includes('journalctl'))).toBe(true);
  });

  it.each([
    ['qm config', { vms: [{}] }],
    ['journalctl', { lines: ['DMAR: IOMMU enabled'] }],
    ['problem code', { facts: { problemCode: 43 } }],
    ['problem code', { facts: { guestDriver: '32.0.101.6078' } }],
    ['pveversion', { facts: { qemuVersion: '10.0.2' } }],
    ['pveversion', { facts: { pveVersion: '9.0' } }],
    ['processor', { facts: { cpu: 'N100' } }],
    ['processor', { facts: { device: '8086:46d1' } }],
  ] as const)('is not %s where that is there', (word, sketch) => {
    expect(collect({}, UNKNOWN).some((what) => what.includes(word))).toBe(true);
    expect(collect(sketch, UNKNOWN).some((what) => what.includes(word))).toBe(false);
  });

  it('is never more than anybody would read', () => {
    const long = Array.from({ length: 40 }, (_, at) => `thing ${at}`);
    expect(collect({}, made({ collect: long })).length).toBeLessThanOrEqual(5);
  });
});
