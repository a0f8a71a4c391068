import type { Compared } from '../../fact.ts';
import type { Quote } from '../../quote.ts';
import { observed, type Observed } from './observed.ts';
import { nothingElse, paired } from './paired.ts';
import type { Trial } from './trials.ts';
import type { Update } from './updates.ts';
import { differ } from './version.ts';

/** A conclusion, and the lines that it rests on. */
export interface Conclusion {
  readonly value: Compared;
  readonly quotes: readonly Quote[];
}

const KINDS = [
  'host-kernel',
  'qemu',
  'guest-kernel',
  'guest-driver',
  'host-driver',
  'guest',
  'rom',
  'machine',
  'cpu',
] as const;

/** What the trials and updates show to be at fault. `sriov`: virtual functions are given. */
export function conclude(
  trials: readonly Trial[],
  updates: readonly Update[],
  sriov: boolean,
): readonly Conclusion[] {
  const all = observed(trials, sriov);
  const is = (outcome: 'works' | 'fails') => (trial: Trial) => trial.verdict?.outcome === outcome;
  const fails = trials.some(is('fails'));
  const works = trials.some(
    (trial) => is('works')(trial) && !trial.verdict?.past && trial.subjects.length === 0,
  );
  const ranBefore = trials.filter(({ verdict }) => verdict?.past === true).map(({ quote }) => quote);
  return KINDS.flatMap((kind) => {
    const of = all.filter((each) => each.kind === kind);
    const happened = updates.filter((update) => updated(update, all, sriov) === kind);
    const lines = happened.map(({ line }) => line.quote);
    const quotes = [
      ...paired(kind, of, { fails, works, updates: lines }),
      ...happened.filter(({ broke }) => broke).map(({ line }) => line.quote),
      ...(ranBefore.length > 0 && fails && lines.length > 0 && !of.some(worksNow)
        ? [...lines, ...ranBefore]
        : []),
      ...(kind === 'guest-kernel' ? releases(all) : []),
    ];
    return quotes.length > 0 ? [{ value: kind, quotes }] : [];
  });
}

function worksNow({ trial }: Observed): boolean {
  return trial.verdict?.outcome === 'works' && !trial.verdict.past;
}

/** What was updated; where it is not said, the guest's system if its release is all whose version is told. */
function updated({ kind }: Update, all: readonly Observed[], sriov: boolean): Compared | null {
  if (kind === 'pve') return sriov ? 'host-kernel' : 'qemu';
  if (kind !== null) return kind;
  const versioned = all.filter(({ value }) => value.version !== null);
  return versioned.length > 0 &&
    versioned.every((each) => each.kind === 'guest' || each.kind === 'guest-kernel')
    ? 'guest-kernel'
    : null;
}

/** The same system in two releases, one of which works. */
function releases(all: readonly Observed[]): readonly Quote[] {
  const of = all.filter(
    ({ kind, value }) => kind === 'guest' && value.version !== null && value.name !== 'linux',
  );
  const bad = of.filter(({ trial }) => trial.verdict?.outcome === 'fails');
  for (const good of of.filter(worksNow)) {
    const other = bad.find(
      ({ value, ...rest }) =>
        value.name === good.value.name &&
        !isWindows(value.version) &&
        differ(value, good.value) &&
        nothingElse(good, { value, ...rest }),
    );
    if (other !== undefined) return [good.trial.quote, other.trial.quote];
  }
  return [];
}

/** Windows 7 to 11: systems of their own, not releases of one. */
function isWindows(version: string | null): boolean {
  return version !== null && /^(?:7|8|8\.1|10|11)$/.test(version);
}
