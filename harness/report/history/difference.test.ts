import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyLine } from '../fixtures/any-run.ts';
import { failing, passing, submitted } from '../fixtures/samples.ts';
import { EVIDENCE_CLASSES } from '../../trace/words.ts';
import { asKnown, differences, findingChanges } from './difference.ts';
import type { HistoryLine } from './line.ts';
import { runRecord } from './run-record.ts';

const [good, bad, other] = [passing, failing, submitted].map(
  ({ header, result }) => runRecord(header, result, null) as HistoryLine,
) as [HistoryLine, HistoryLine, HistoryLine];

test('a judgement differs in nothing from itself', () => {
  fc.assert(
    fc.property(anyLine, (line) => {
      expect(differences(line, line)).toEqual([]);
      expect(findingChanges(line, line)).toEqual({ came: [], went: [] });
    }),
  );
});

test('a changed verdict and a changed first finding are named with both', () => {
  const said = differences({ ...bad, identity: good.identity }, good);
  expect(said).toContainEqual({ what: 'verdict', before: 'fail', now: 'pass' });
  expect(said).toContainEqual({ what: 'first finding', before: 'rom.missing', now: 'none' });
});

test('the findings that came and went say why', () => {
  expect(findingChanges(bad, other)).toEqual({
    came: ['driver.code43'],
    went: ['rom.missing', 'kernel.rom-line'],
  });
});

test('a finding that a line had no room for is not said to have gone or come', () => {
  const full = { ...bad, omitted: { ...bad.omitted, findings: 4 } };
  expect(findingChanges(full, other)).toMatchObject({ came: [] });
  expect(findingChanges(other, full)).toMatchObject({ went: [] });
});

test('judging again never raises the class that history states', () => {
  for (const known of EVIDENCE_CLASSES)
    for (const now of EVIDENCE_CLASSES) {
      const { evidenceClass } = asKnown({ ...good, evidenceClass: now }, { ...good, evidenceClass: known });
      const order = [known, now].map((word) => EVIDENCE_CLASSES.indexOf(word));
      expect(evidenceClass).toBe(EVIDENCE_CLASSES[Math.max(...order)]);
    }
  expect(asKnown(good, undefined)).toBe(good);
});
