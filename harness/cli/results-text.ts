import type { Result } from '../judge/result.ts';
import { renderResult } from '../report/terminal/result.ts';
import { renderResults } from '../report/terminal/results.ts';
import { terminalOptions } from './output.ts';

/** What a command prints of results on stdout: the verdict table, after every run in detail where that is wanted. */
export function resultsText(results: readonly Result[], options: { readonly verbose?: true }): string {
  const terminal = terminalOptions();
  const detail = options.verbose ? results.map((result) => `${renderResult(result, terminal)}\n`) : [];
  return [...detail, renderResults(results, terminal)].join('\n');
}
