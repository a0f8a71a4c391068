import type { HistoryLine, RunRecord } from './line.ts';
import { weaker } from './evidence-order.ts';

/** One thing that two judgements of a run say differently. */
export interface Difference {
  readonly what: string;
  readonly before: string;
  readonly now: string;
}

/** What a judgement says that a reader of the matrix sees, each in words. A further one is a further line. */
const SAID: Readonly<Record<string, (run: RunRecord) => string>> = {
  verdict: ({ verdict, by }) => (by === 'statement' ? `${verdict} by statement` : verdict),
  'first finding': ({ findings }) => findings[0]?.id ?? 'none',
  'evidence class': ({ evidenceClass }) => evidenceClass,
  'as expected': ({ asExpected }) => (asExpected === null ? 'open' : asExpected ? 'yes' : 'no'),
  'checks that hold': ({ checks }) => checks.yes.join(' ') || 'none',
  'checks that do not': ({ checks }) => checks.no.join(' ') || 'none',
  identity: ({ identity }) => identity.slice(0, 12),
};

/** What a run's judgement by other rules says differently; empty where nothing. */
export function differences(before: RunRecord, now: RunRecord): readonly Difference[] {
  return Object.entries(SAID)
    .map(([what, say]) => ({ what, before: say(before), now: say(now) }))
    .filter((one) => one.before !== one.now);
}

/** Findings that came and that went, by their ids, as far as both lines tell. */
export function findingChanges(
  before: RunRecord,
  now: RunRecord,
): { readonly came: readonly string[]; readonly went: readonly string[] } {
  const ids = (run: RunRecord): readonly string[] => [...new Set(run.findings.map(({ id }) => id))];
  // A line names the first findings only: whether it had one that is not among them is not known.
  const missing = (from: RunRecord, id: string): boolean =>
    from.omitted.findings === 0 && !ids(from).includes(id);
  return {
    came: ids(now).filter((id) => missing(before, id)),
    went: ids(before).filter((id) => missing(now, id)),
  };
}

/** A fresh judgement of a run that history knows, without raising the class of its evidence. */
export function asKnown(now: RunRecord, known: HistoryLine | undefined): RunRecord {
  return known === undefined
    ? now
    : { ...now, evidenceClass: weaker(known.evidenceClass, now.evidenceClass) };
}
