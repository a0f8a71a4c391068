import { expect, test } from 'vitest';
import {
  errored,
  inconclusive,
  passing,
  repeats,
  skipped,
  statement,
  submitted,
} from '../report/fixtures/samples.ts';
import { matrixCells } from './matrix-cell.ts';

const again = (run: string) => ({ ...passing, result: { ...passing.result, run } });
const as = (sample: typeof errored, run: string) => ({
  ...sample,
  result: { ...sample.result, run, identity: passing.result.identity },
});

test('runs of one identity share a cell, which counts them and bounds their failure rate', () => {
  const [cell] = matrixCells([passing, ...repeats]);
  expect(cell?.verdict).toBe('pass');
  expect(cell?.count).toMatchObject({ decided: 6, failures: 0 });
  expect(cell?.count?.bound).toBeCloseTo(1 - 0.05 ** (1 / 6), 9);
});

test('evidence of two classes never shares a cell', () => {
  const cells = matrixCells([passing, submitted]);
  expect(cells.map(({ evidenceClass, verdict }) => [evidenceClass, verdict])).toEqual([
    ['live', 'pass'],
    ['submitted', 'fail'],
  ]);
});

test('a statement has no count and no bound', () => {
  expect(matrixCells([statement])[0]?.count).toBeNull();
});

test('one failure is not outvoted by passes', () => {
  const failed = { ...passing, result: { ...passing.result, run: 'x', verdict: 'fail' as const } };
  const [cell] = matrixCells([...repeats, failed]);
  expect(cell?.verdict).toBe('fail');
  expect(cell?.shown.result.run).toBe('x');
  expect(cell?.count).toMatchObject({ decided: 6, failures: 1 });
});

test('errors, skips and what is inconclusive are told apart and never counted', () => {
  const [cell] = matrixCells([passing, as(errored, 'e'), as(skipped, 's'), as(inconclusive, 'i')]);
  expect(cell?.verdict).toBe('pass');
  expect(cell?.count).toMatchObject({ decided: 1, failures: 0 });
  expect(cell?.count?.others.map(({ verdict }) => verdict)).toEqual(['error', 'inconclusive', 'skip']);
});

test('a run that is given twice counts once', () => {
  expect(matrixCells([passing, passing, again('two')])[0]?.count?.decided).toBe(2);
});

test('the newest run comes first whatever the order they are given in', () => {
  const [cell] = matrixCells([...repeats, passing]);
  expect(cell?.runs[0]?.result.run).toBe(passing.result.run);
});
