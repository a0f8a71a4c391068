import type { Result } from '../judge/result.ts';

/** What all attempts of one cell amount to. */
export type Outcome = 'as-expected' | 'unexpected' | 'flaky' | 'error' | 'skip' | 'not-run';

/**
 * A cell is as expected only if every attempt that was not an `error` is. Attempts that disagree make it flaky; a
 * retry never hides a failure.
 */
export function outcome(attempts: readonly Result[]): Outcome {
  if (attempts.length === 0) return 'not-run';
  // What a scenario expects is not held against it, an expected skip or error included.
  if (attempts.every((result) => result.asExpected === true)) return 'as-expected';
  const judged = attempts.filter((result) => result.verdict !== 'error');
  if (judged.length === 0) return 'error';
  if (judged.every((result) => result.verdict === 'skip')) return 'skip';
  const good = judged.filter((result) => result.asExpected !== false).length;
  if (good === judged.length) return 'as-expected';
  return good === 0 ? 'unexpected' : 'flaky';
}

/**
 * The exit code of a plan: 3 any error (beats 1) · 1 an unexpected verdict · 4 nothing ran · 0 at least one cell ran
 * and all are as expected.
 */
export function exitCode(outcomes: readonly Outcome[]): 0 | 1 | 3 | 4 {
  if (outcomes.includes('error')) return 3;
  if (outcomes.includes('unexpected') || outcomes.includes('flaky')) return 1;
  return outcomes.includes('as-expected') ? 0 : 4;
}
