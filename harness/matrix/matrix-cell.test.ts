import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  errored,
  failing,
  inconclusive,
  passing,
  repeats,
  skipped,
  statement,
  submitted,
} from '../report/fixtures/samples.ts';
import type { SampleRun } from '../report/fixtures/sample-run.ts';
import type { RunRecord } from '../report/history/line.ts';
import { runRecord } from '../report/history/run-record.ts';
import { VERDICTS } from '../trace/words.ts';
import { matrixCells, type MatrixCell } from './matrix-cell.ts';
import type { SiteRun } from './site-run.ts';

const of = ({ header, result }: SampleRun, changes: Partial<RunRecord> = {}): SiteRun => ({
  record: { ...runRecord(header, result, null), ...changes },
  earlier: [],
  kept: 'history',
  page: false,
});
const same = (sample: SampleRun, run: string): SiteRun =>
  of(sample, { run, identity: passing.result.identity });
const cellsOf = (...runs: readonly SiteRun[]): readonly MatrixCell[] => matrixCells(runs);
const all = repeats.map((run) => of(run));

test('runs of one identity share a cell, which counts them and bounds their failure rate', () => {
  const [cell] = cellsOf(of(passing), ...all);
  expect(cell?.verdict).toBe('pass');
  expect(cell?.count).toMatchObject({ decided: 6, failures: 0, flaky: false, retries: 0 });
  expect(cell?.count?.bound).toBeCloseTo(1 - 0.05 ** (1 / 6), 9);
});

test('evidence of two classes never shares a cell', () => {
  expect(
    cellsOf(of(passing), of(submitted)).map(({ evidenceClass, verdict }) => [evidenceClass, verdict]),
  ).toEqual([
    ['live', 'pass'],
    ['submitted', 'fail'],
  ]);
});

test('a statement has no count and no bound', () => {
  expect(cellsOf(of(statement))[0]?.count).toBeNull();
});

test('one failure is not outvoted by passes: the cell is flaky, and says how', () => {
  const failed = of(passing, { run: 'x', verdict: 'fail', started: '2026-11-12T09:00:00.000Z' });
  const [cell] = cellsOf(...all, failed);
  expect(cell?.verdict).toBe('pass');
  expect(cell?.count).toMatchObject({ decided: 6, failures: 1, flaky: true });
});

test('the verdict is that of the newest run that says something of the combination', () => {
  const later = { started: '2026-11-21T00:00:00.000Z' };
  const failed = of(passing, { run: 'x', verdict: 'fail', ...later });
  const broken = of(errored, {
    run: 'e',
    identity: passing.result.identity,
    started: '2026-11-22T00:00:00.000Z',
  });
  const [cell] = cellsOf(...all, failed, broken);
  expect(cell?.verdict).toBe('fail');
  expect(cell?.shown.record.run).toBe('x');
  expect(cell?.runs[0]?.record.run).toBe('e');
});

test('runs that all fail are not flaky', () => {
  expect(cellsOf(of(failing), of(failing, { run: 'x' }))[0]?.count).toMatchObject({
    failures: 2,
    flaky: false,
  });
});

test('errors, skips and what is inconclusive are told apart and never counted', () => {
  const [cell] = cellsOf(of(passing), same(errored, 'e'), same(skipped, 's'), same(inconclusive, 'i'));
  expect(cell?.verdict).toBe('pass');
  expect(cell?.count).toMatchObject({ decided: 1, failures: 0 });
  expect(cell?.count?.others.map(({ verdict }) => verdict)).toEqual(['error', 'inconclusive', 'skip']);
});

test('a further attempt is a run that is counted, and is told apart', () => {
  const retried = of(passing, { run: 'x', attempt: 2 });
  const failed = of(passing, { run: 'y', verdict: 'fail' });
  expect(cellsOf(retried, failed)[0]?.count).toMatchObject({
    decided: 2,
    failures: 1,
    flaky: true,
    retries: 1,
  });
});

test('a run that is given twice counts once', () => {
  expect(cellsOf(of(passing), of(passing), of(passing, { run: 'two' }))[0]?.count?.decided).toBe(2);
});

test('cells are the same whatever the order the runs are given in', () => {
  const verdicts = fc.array(fc.constantFrom(...VERDICTS), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(verdicts, fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), (given, order) => {
      const runs = given.map((verdict, index) =>
        of(passing, { run: `r${index}`, verdict, started: `2026-11-${String(10 + index)}T00:00:00.000Z` }),
      );
      const keyed = runs.map((run, index) => ({ run, key: order[index] ?? 0 }));
      const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ run }) => run);
      expect(cellsOf(...shuffled)).toEqual(cellsOf(...runs));
      const [cell] = cellsOf(...runs);
      const counted = cell?.count?.others.reduce((sum, other) => sum + other.runs, cell.count.decided);
      expect(counted).toBe(runs.length);
    }),
  );
});

test('the page of a cell stays where it is as long as its identity does', () => {
  const [one] = cellsOf(of(passing));
  const [two] = cellsOf(
    of(passing, { run: 'x', cell: 'renamed/file', name: 'Another name', verdict: 'fail' }),
  );
  expect(two?.path).toBe(one?.path);
  expect(one?.path).toMatch(/^cells\/live-[0-9a-f]{20}\.html$/);
});
