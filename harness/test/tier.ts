import { test, type TestAPI } from 'vitest';
import { findProgram } from '../wire/program.ts';

/**
 * The `test` of a tier that needs more than Node. Where a program is missing its tests are skipped and the reason
 * is printed, so that a run on a machine that could have them can be told from one that could not.
 */
export function needs(...programs: readonly string[]): TestAPI | TestAPI['skip'] {
  const missing = programs.filter((program) => findProgram(program) === null);
  if (missing.length === 0) return test;
  process.stderr.write(`skipped: tests that need ${missing.join(', ')}, not on PATH\n`);
  return test.skip;
}
