import { expect, test } from 'vitest';
import { passing } from '../report/fixtures/samples.ts';
import type { RunRecord } from '../report/history/line.ts';
import { runRecord } from '../report/history/run-record.ts';
import { withChanges } from './changes.ts';
import type { SiteRun } from './site-run.ts';

const base = runRecord(passing.header, passing.result, 'igfxn 32.0.101.7088');
const run = (changes: Partial<RunRecord>): SiteRun => ({
  record: { ...base, ...changes },
  earlier: [],
  kept: 'history',
  page: false,
});
const onHost = (name: string, facts: Record<string, string>): Partial<RunRecord> => ({
  host: { ...base.host, name, facts: { ...base.host.facts, ...facts } },
});
/** What changed in each, newest first, as words. */
const said = (...runs: readonly SiteRun[]): readonly (readonly string[])[] =>
  withChanges(runs).map(({ changes }) =>
    changes.map(({ what, before, now }) => `${what} ${before} → ${now}`),
  );

test('a verdict that changes is named with what else is not as it was', () => {
  const newer = run({
    verdict: 'fail',
    rules: '2',
    guest: { ...base.guest, driver: 'igfxn 32.0.101.8000' },
    ...onHost('n100-lab', { qemu: '10.1.0' }),
  });
  expect(said(newer, run({}))).toEqual([
    [
      'verdict pass → fail',
      'rules 1 → 2',
      'driver igfxn 32.0.101.7088 → igfxn 32.0.101.8000',
      'QEMU 10.0.2 → 10.1.0',
    ],
    [],
  ]);
});

test('what hosts are made of is compared on the same host only', () => {
  const a = run(onHost('a', { qemu: '10.1.0' }));
  const b = run(onHost('b', { qemu: '7.2.0' }));
  const olderA = run(onHost('a', { qemu: '10.0.2' }));
  expect(said(a, b, olderA)).toEqual([['QEMU 10.0.2 → 10.1.0'], [], []]);
});

test('a fact that one of two runs does not state is not said to have changed', () => {
  const silent = run({ host: { ...base.host, facts: {} }, guest: { ...base.guest, driver: null } });
  expect(said(run({}), silent, run({}))).toEqual([[], [], []]);
});

test('a change is not lost behind a run that failed in the lab, which changes no verdict', () => {
  const broken = run({ verdict: 'error', guest: { ...base.guest, driver: null } });
  const newer = run({ verdict: 'fail', guest: { ...base.guest, driver: 'igfxn 33' } });
  expect(said(newer, broken, run({}))).toEqual([
    ['verdict pass → fail', 'driver igfxn 32.0.101.7088 → igfxn 33'],
    [],
    [],
  ]);
});
