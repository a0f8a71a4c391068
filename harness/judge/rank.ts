import type { Finding } from './result.ts';
import { CONFIDENCES, SEVERITIES } from '../trace/words.ts';
import type { Conclusion } from './rule.ts';

/**
 * Findings in order of what to look at first: claimed causes, then what decided a verdict, then the rest by
 * severity and confidence; rules listed earlier win ties.
 */
export function rankFindings(conclusions: readonly Conclusion[]): readonly Finding[] {
  const weight = ({ finding, verdict }: Conclusion): readonly number[] => [
    finding.severity === 'cause' ? 0 : verdict !== null && verdict !== 'skip' ? 1 : 2,
    SEVERITIES.indexOf(finding.severity),
    CONFIDENCES.indexOf(finding.confidence),
  ];
  return conclusions
    .map((conclusion, order) => ({ conclusion, key: [...weight(conclusion), order] }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ conclusion }) => conclusion.finding);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, at) => value !== b[at]);
  return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}
