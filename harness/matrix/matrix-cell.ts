import { EVIDENCE_CLASSES, VERDICTS, type EvidenceClass, type Verdict } from '../trace/words.ts';
import type { SiteRun } from './site-run.ts';
import { upperBound } from './upper-bound.ts';

/** One cell of the matrix: all runs of one identity whose evidence is of one class. */
export interface MatrixCell {
  readonly evidenceClass: EvidenceClass;
  readonly verdict: Verdict;
  /** The newest run with this verdict: the one to look at. */
  readonly shown: SiteRun;
  /** Newest first. */
  readonly runs: readonly SiteRun[];
  /** Null where a statement carries the verdict: it is no measurement, so there is nothing to count. */
  readonly count: Count | null;
}

export interface Count {
  /** Runs that ended in `pass` or `fail`. The others say nothing about the combination and are told apart. */
  readonly decided: number;
  readonly failures: number;
  readonly bound: number | null;
  readonly others: readonly { readonly verdict: Verdict; readonly runs: number }[];
}

/** Groups runs into cells; a run that is given twice counts once. Evidence of two classes never shares a cell. */
export function matrixCells(runs: readonly SiteRun[]): readonly MatrixCell[] {
  const groups = new Map<string, Map<string, SiteRun>>();
  for (const run of runs) {
    const { identity, evidenceClass, by } = run.result;
    const key = JSON.stringify([identity, EVIDENCE_CLASSES.indexOf(evidenceClass), by]);
    const group = groups.get(key) ?? new Map<string, SiteRun>();
    groups.set(key, group.set(run.result.run, run));
  }
  return [...groups.values()]
    .flatMap((group) => cellOf([...group.values()].sort(newestFirst)))
    .sort((a, b) => compare(place(a), place(b)));
}

function cellOf(runs: readonly SiteRun[]): readonly MatrixCell[] {
  const verdict = together(runs.map((run) => run.result.verdict));
  const shown = runs.find((run) => run.result.verdict === verdict);
  if (verdict === null || shown === undefined) return [];
  const { evidenceClass, by } = shown.result;
  return [{ evidenceClass, verdict, shown, runs, count: by === 'statement' ? null : countOf(runs) }];
}

/** By name and ROM as people look for them; what differs by class alone stays together. */
function place({ shown: { result } }: MatrixCell): string {
  const { name, rom, identity, evidenceClass, by } = result;
  return JSON.stringify([name, rom, identity, EVIDENCE_CLASSES.indexOf(evidenceClass), by]);
}

/** One failure is not outvoted; what decided nothing counts only where nothing was decided. */
function together(verdicts: readonly Verdict[]): Verdict | null {
  const order: readonly Verdict[] = ['fail', 'pass', 'inconclusive', 'error', 'skip'];
  return order.find((verdict) => verdicts.includes(verdict)) ?? null;
}

function countOf(runs: readonly SiteRun[]): Count {
  const of = (verdict: Verdict): number => runs.filter((run) => run.result.verdict === verdict).length;
  const failures = of('fail');
  const decided = of('pass') + failures;
  const others = VERDICTS.filter((verdict) => verdict !== 'pass' && verdict !== 'fail')
    .map((verdict) => ({ verdict, runs: of(verdict) }))
    .filter((other) => other.runs > 0);
  return { decided, failures, bound: upperBound(failures, decided), others };
}

function newestFirst(a: SiteRun, b: SiteRun): number {
  return compare(b.result.started ?? '', a.result.started ?? '') || compare(a.result.run, b.result.run);
}

/** By code units, so that the order is the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
