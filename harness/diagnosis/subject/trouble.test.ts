import { expect, test } from 'vitest';
import { caseOf } from '../fixtures/case.ts';
import { fails, works } from './trouble.ts';

test('something fails by a symptom, a code or a statement, and not where it works now', () => {
  expect(fails(caseOf({ facts: { symptom: 'code-43' } }))).toBe(true);
  expect(fails(caseOf({ facts: { problemCode: 43 } }))).toBe(true);
  expect(fails(caseOf({ facts: { problemCode: 0 } }))).toBe(false);
  expect(fails(caseOf({ facts: { outcome: 'works', symptom: 'code-43' } }))).toBe(false);
  expect(fails(caseOf({}))).toBe(false);
  expect(works(caseOf({ facts: { outcome: 'works' } }))).toBe(true);
});
