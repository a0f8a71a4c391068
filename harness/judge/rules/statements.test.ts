import { expect, test } from 'vitest';
import type { TraceHeader } from '../../trace/header.ts';
import { Script, verdictOf, type DeepPartial } from '../fixtures/traces.ts';

const reported: DeepPartial<TraceHeader> = { origin: 'import', cell: { boots: [] } };
const said = (...texts: readonly string[]): Script =>
  texts.reduce((script, text) => script.add({ ch: 'statement', text }), new Script());

test.each([
  ['Windows shows Code 43', 'fail', 'statement.fails'],
  ['It works, no Code 43', 'pass', 'statement.works'],
])('where nothing else is known, "%s" carries the verdict and is marked', (text, verdict, id) => {
  const result = verdictOf(said(text), { ...reported, rom: null });
  expect(result).toMatchObject({ verdict, by: 'statement', evidenceClass: 'reported' });
  expect(result.findings.map((finding) => finding.id)).toContain(id);
});

test('a statement that claims nothing carries no verdict', () => {
  expect(verdictOf(said('The VM boots'), reported)).toMatchObject({
    verdict: 'inconclusive',
    by: 'observation',
  });
});

test('two statements that contradict each other conclude nothing', () => {
  expect(verdictOf(said('It works', 'Code 43 again'), reported).verdict).toBe('inconclusive');
});

test('a statement that machine evidence contradicts makes the run inconclusive', () => {
  const script = new Script().boot().healthy(4).end().add({ ch: 'statement', text: 'Code 43' });
  const result = verdictOf(script);
  expect(result.verdict).toBe('inconclusive');
  expect(result.findings[0]?.id).toBe('statement.contradicted');
});
