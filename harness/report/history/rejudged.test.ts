import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { failing, hostile, passing, unexpectedPass } from '../fixtures/samples.ts';
import { renderRejudged } from '../terminal/rejudged.ts';
import { width } from '../terminal/width.ts';
import type { HistoryLine } from './line.ts';
import { compareJudgement, type Comparison, type Rejudged } from './rejudged.ts';
import { runRecord } from './run-record.ts';

const known = runRecord(failing.header, failing.result, null) as HistoryLine;
const newer: Partial<HistoryLine> = { rules: '2', verdict: 'pass', findings: [] };
const against = (line: Partial<HistoryLine>, now = newer): Comparison =>
  compareJudgement({ ...known, ...now }, { standing: { ...known, ...line }, earlier: [] });
const counts = { same: 3, open: 1, newer: 0, leftOut: 2 };
const plain = { columns: 80, colour: false };

test('a run that newer rules judge otherwise is told with both, the rules, and the findings that went', () => {
  const text = renderRejudged([against({}) as Rejudged], counts, plain);
  expect(text).toContain('  rules 1 → 2:\n    verdict: fail → pass\n    first finding: rom.missing → none\n');
  expect(text).toContain('no longer found: rom.missing, kernel.rom-line');
  expect(text).toMatch(/\n5 traces: 1 changed, 3 as before, 1 with nothing to hold against, 2 left out\.\n$/);
});

test('what is judged as before has not changed, by whatever rules', () => {
  expect(against({}, { rules: '2' })).toMatchObject({ changed: [], rulesBefore: '1', rules: '2' });
});

test('newer rules than these are not contradicted, and another trace is not compared', () => {
  expect(against({ rules: '10' })).toEqual({ run: known.run, not: 'newer' });
  expect(against({ trace: 'b'.repeat(64) })).toEqual({ run: known.run, not: 'conflict' });
});

test('a changed judgement by the same rules is called what it is', () => {
  const text = renderRejudged([against({}, { verdict: 'pass' }) as Rejudged], counts, plain);
  expect(text).toContain('rules 1, changed without a new version, so not recorded:');
});

test('without history a run is held against what its scenario expects', () => {
  const { header, result } = unexpectedPass;
  expect(compareJudgement(runRecord(header, result, null), undefined)).toMatchObject({
    against: 'expectation',
    changed: [
      { what: 'verdict', before: 'fail', now: 'pass' },
      { what: 'first finding', before: 'rom.truncated', now: 'none' },
    ],
  });
  const asExpected = compareJudgement(runRecord(passing.header, passing.result, null), undefined);
  expect(asExpected).toMatchObject({ against: 'expectation', changed: [] });
  const open = runRecord(passing.header, { ...passing.result, expect: null, asExpected: null }, null);
  expect(compareJudgement(open, undefined)).toMatchObject({ against: null, changed: [] });
});

test.each([40, 80, 120])('no line is wider than %i columns, and no text steers the terminal', (columns) => {
  const evil = hostile(`\u001b[31m\u202e${'wide 宽 '.repeat(60)}`);
  const now = { ...runRecord(evil.header, evil.result, null), trace: 'a'.repeat(64) };
  const before = { ...now, rules: '0', verdict: 'pass', findings: [] } as HistoryLine;
  const compared = compareJudgement(now, { standing: before, earlier: [] }) as Rejudged;
  const lines = renderRejudged([compared], counts, { columns, colour: false }).split('\n');
  expect(lines.filter((line) => width(line) > columns)).toEqual([]);
  expect(lines.join('')).toBe(stripVTControlCharacters(lines.join('')));
  expect(lines.join('')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
});
