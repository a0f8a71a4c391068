import type { Judgements } from './judgements.ts';
import { asKnown, differences, findingChanges, type Difference } from './difference.ts';
import type { RunRecord } from './line.ts';
import { compareRules } from './rules-order.ts';

/** One run judged again, held against what was said of it, or expected of it, before. */
export interface Rejudged {
  readonly run: string;
  readonly cell: string;
  /** What it is held against; null where nothing was said and nothing is expected. */
  readonly against: 'history' | 'expectation' | null;
  /** Rules of the judgement before; null where it is held against an expectation. */
  readonly rulesBefore: string | null;
  readonly rules: string;
  readonly changed: readonly Difference[];
  readonly came: readonly string[];
  readonly went: readonly string[];
  readonly record: RunRecord;
}

/** `newer`: history was judged by newer rules than these, which can say nothing against it. `conflict`: another trace. */
export type Comparison = Rejudged | { readonly run: string; readonly not: 'newer' | 'conflict' };

/** Holds a fresh judgement against history, or, where there is none of this run, against the trace's expectation. */
export function compareJudgement(now: RunRecord, known: Judgements | undefined): Comparison {
  const { run, cell, rules } = now;
  if (known === undefined) {
    const changed = againstExpectation(now);
    return {
      run,
      cell,
      against: changed === null ? null : 'expectation',
      rulesBefore: null,
      rules,
      changed: changed ?? [],
      came: [],
      went: [],
      record: now,
    };
  }
  const before = known.standing;
  if (before.trace !== now.trace) return { run, not: 'conflict' };
  if (compareRules(before.rules, rules) > 0) return { run, not: 'newer' };
  const record = asKnown(now, before);
  return {
    run,
    cell,
    against: 'history',
    rulesBefore: before.rules,
    rules,
    changed: differences(before, record),
    ...findingChanges(before, record),
    record,
  };
}

function againstExpectation({
  asExpected,
  expect,
  verdict,
  findings,
}: RunRecord): readonly Difference[] | null {
  if (asExpected === null || expect === null) return null;
  if (asExpected) return [];
  const found = findings[0]?.id ?? 'none';
  return [
    ...(expect.verdict === verdict ? [] : [{ what: 'verdict', before: expect.verdict, now: verdict }]),
    ...(expect.finding === undefined || expect.finding === found
      ? []
      : [{ what: 'first finding', before: expect.finding, now: found }]),
  ];
}
