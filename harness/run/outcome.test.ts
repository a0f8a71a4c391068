import { expect, test } from 'vitest';
import { Script, verdictOf, type DeepPartial } from '../judge/fixtures/traces.ts';
import type { Result } from '../judge/result.ts';
import type { TraceHeader } from '../trace/header.ts';
import type { Verdict } from '../trace/words.ts';
import { exitCode, outcome } from './outcome.ts';

function attempt(script: Script, expected: Verdict): Result {
  const changes: DeepPartial<TraceHeader> = { cell: { expect: { verdict: expected } } };
  return verdictOf(script, changes);
}

const good = attempt(new Script().boot().healthy(4).end(), 'pass');
const bad = attempt(new Script().boot().code(43, 4).end(), 'pass');
const broken = attempt(new Script().add({ ch: 'note', kind: 'lab.error', text: 'disk full' }), 'pass');
const unmet = attempt(new Script().add({ ch: 'note', kind: 'unmet', why: 'no QEMU' }), 'pass');
const expectedSkip = attempt(new Script().add({ ch: 'note', kind: 'unmet', why: 'no QEMU' }), 'skip');

test.each([
  ['as-expected', [good]],
  ['unexpected', [bad]],
  ['unexpected', [bad, bad]],
  ['flaky', [bad, good]],
  ['error', [broken]],
  ['as-expected', [broken, good]],
  ['skip', [unmet]],
  ['as-expected', [expectedSkip]],
  ['not-run', []],
] as const)('a cell is %s by its attempts', (expected, attempts) => {
  expect(outcome(attempts)).toBe(expected);
});

test.each([
  [0, ['as-expected', 'skip']],
  [1, ['as-expected', 'unexpected']],
  [1, ['flaky']],
  [3, ['unexpected', 'error']],
  [4, ['skip', 'not-run']],
  [4, []],
] as const)('exit code %i', (code, outcomes) => {
  expect(exitCode(outcomes)).toBe(code);
});
