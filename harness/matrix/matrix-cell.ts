import { digest } from '../trace/digest.ts';
import type { RunRecord } from '../report/history/line.ts';
import { EVIDENCE_CLASSES, VERDICTS, type EvidenceClass, type Verdict } from '../trace/words.ts';
import type { SiteRun } from './site-run.ts';
import { upperBound } from './upper-bound.ts';

/** One cell of the matrix: all runs of one identity whose evidence is of one class. */
export interface MatrixCell {
  /** Path of its page below the site's root. */
  readonly path: string;
  readonly evidenceClass: EvidenceClass;
  readonly verdict: Verdict;
  /** The newest run that says something of the combination, whose verdict is the cell's. */
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
  /** Both came up. */
  readonly flaky: boolean;
  /** Of the decided ones: further attempts, made because the one before was not as expected. */
  readonly retries: number;
  readonly bound: number | null;
  readonly others: readonly { readonly verdict: Verdict; readonly runs: number }[];
}

/** Groups runs into cells. Evidence of two classes never shares a cell, nor does a statement with an observation. */
export function matrixCells(runs: readonly SiteRun[]): readonly MatrixCell[] {
  const groups = new Map<string, Map<string, SiteRun>>();
  for (const run of runs) {
    const key = cellPath(run.record);
    const group = groups.get(key) ?? new Map<string, SiteRun>();
    groups.set(key, group.set(run.record.run, run));
  }
  return [...groups]
    .flatMap(([path, group]) => cellOf(path, [...group.values()].sort(newestFirst)))
    .sort((a, b) => compare(place(a), place(b)));
}

/** The page of the cell that a run belongs to; the same as long as its identity is. */
export function cellPath({ identity, evidenceClass, by }: RunRecord): string {
  return `cells/${evidenceClass}-${digest(JSON.stringify([identity, evidenceClass, by])).slice(0, 20)}.html`;
}

function cellOf(path: string, runs: readonly SiteRun[]): readonly MatrixCell[] {
  const shown = runs.find(({ record }) => record.verdict !== 'error' && record.verdict !== 'skip') ?? runs[0];
  if (shown === undefined) return [];
  const { evidenceClass, by, verdict } = shown.record;
  return [{ path, evidenceClass, verdict, shown, runs, count: by === 'statement' ? null : countOf(runs) }];
}

/** By name and ROM as people look for them; what differs by class alone stays together. */
function place({ shown: { record } }: MatrixCell): string {
  const { name, rom, identity, evidenceClass, by } = record;
  return JSON.stringify([name, rom?.ref, identity, EVIDENCE_CLASSES.indexOf(evidenceClass), by]);
}

function countOf(runs: readonly SiteRun[]): Count {
  const of = (verdict: Verdict): number => runs.filter(({ record }) => record.verdict === verdict).length;
  const failures = of('fail');
  const decided = of('pass') + failures;
  const others = VERDICTS.filter((verdict) => !decides(verdict))
    .map((verdict) => ({ verdict, runs: of(verdict) }))
    .filter((other) => other.runs > 0);
  return {
    decided,
    failures,
    flaky: failures > 0 && failures < decided,
    retries: runs.filter(({ record }) => record.attempt > 1 && decides(record.verdict)).length,
    bound: upperBound(failures, decided),
    others,
  };
}

function decides(verdict: Verdict): boolean {
  return verdict === 'pass' || verdict === 'fail';
}

function newestFirst({ record: a }: SiteRun, { record: b }: SiteRun): number {
  return compare(b.started ?? '', a.started ?? '') || compare(a.run, b.run);
}

/** By code units, so that the order is the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
