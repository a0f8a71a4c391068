import { expect, test } from 'vitest';
import { Script, verdictOf } from '../fixtures/traces.ts';

const healthy = (): Script => new Script().boot().healthy(4).end();
const broken = (): Script => new Script().boot().code(43, 4).end();
const expected = { cell: { expect: { verdict: 'pass' } } } as const;

test.each([
  ['pass', healthy],
  ['fail', broken],
] as const)(
  'a run whose boot comes to %s decides nothing when a person was at its console',
  (verdict, script) => {
    expect(verdictOf(script(), expected)).toMatchObject({ verdict });
    const attended = verdictOf(script(), { ...expected, console: 'attended' });
    expect(attended).toMatchObject({ verdict: 'inconclusive', asExpected: null, boots: [{ verdict }] });
    expect(attended.findings.map(({ id }) => id)).toContain('run.attended');
  },
);

test('a shell that waited for after the boots changes nothing', () => {
  const plain = verdictOf(broken(), expected);
  expect(verdictOf(broken(), { ...expected, console: 'offered' })).toEqual(plain);
});

test('a failing lab stays an error, and a cell that could not run a skip', () => {
  const failed = new Script().boot().add({ ch: 'note', kind: 'lab.error', text: 'disk full' });
  expect(verdictOf(failed, { console: 'attended' }).verdict).toBe('error');
  const unmet = new Script().add({ ch: 'note', kind: 'unmet', why: 'no QEMU' });
  expect(verdictOf(unmet, { console: 'attended' }).verdict).toBe('skip');
});
