import type { RunRecord } from '../report/history/line.ts';
import type { SiteRun } from './site-run.ts';

/** One thing that was otherwise in the run before. */
export interface Change {
  readonly what: string;
  readonly before: string;
  readonly now: string;
  /** `verdict`: of the combination; `judge`: how it was judged; `host`: what it was run on. */
  readonly kind: 'verdict' | 'judge' | 'host';
}

export interface ChangedRun {
  readonly run: SiteRun;
  readonly changes: readonly Change[];
}

/** What is compared with the run before in the cell, whichever host it ran on. */
const OF_THE_CELL: readonly Aspect[] = [
  // An error or a skip says nothing of the combination: the verdict before it stands.
  {
    what: 'verdict',
    kind: 'verdict',
    say: ({ verdict }) => (verdict === 'error' || verdict === 'skip' ? null : verdict),
  },
  { what: 'rules', kind: 'judge', say: ({ rules }) => rules },
  { what: 'code43', kind: 'judge', say: ({ tool }) => tool },
];

/** What is compared with the run before on the same host; its facts are compared too, each by its name. */
const OF_THE_HOST: readonly Aspect[] = [
  { what: 'driver', kind: 'host', say: ({ guest }) => guest.driver },
  { what: 'guest build', kind: 'host', say: ({ guest }) => guest.build },
  { what: 'ROM', kind: 'host', say: ({ rom }) => rom?.ref ?? null },
  { what: 'ROM sha256', kind: 'host', say: ({ rom }) => rom?.sha256 ?? null },
];

interface Aspect {
  readonly what: string;
  readonly kind: Change['kind'];
  /** Null where the run does not say it: then nothing is known to have changed. */
  readonly say: (run: RunRecord) => string | null;
}

/** How many runs back one is looked for that states what is compared. */
const LOOKED_BACK = 200;

/** Runs given newest first, each with what changed since the one before it. That two things changed at once is no cause. */
export function withChanges(runs: readonly SiteRun[]): readonly ChangedRun[] {
  return runs.map((run, index) => {
    const older = runs.slice(index + 1, index + 1 + LOOKED_BACK).map(({ record }) => record);
    return { run, changes: changesSince(older, run.record) };
  });
}

function changesSince(older: readonly RunRecord[], now: RunRecord): readonly Change[] {
  const sameHost = older.filter(({ host }) => host.name === now.host.name);
  return [
    ...OF_THE_CELL.flatMap((aspect) => changeOf(aspect, older, now)),
    ...[...OF_THE_HOST, ...factsOf(now)].flatMap((aspect) => changeOf(aspect, sameHost, now)),
  ];
}

function factsOf({ host }: RunRecord): readonly Aspect[] {
  return Object.keys(host.facts).map((fact) => ({
    what: fact === 'qemu' ? 'QEMU' : fact,
    kind: 'host',
    say: (run) => run.host.facts[fact] ?? null,
  }));
}

/** Held against the newest of the older runs that states it. */
function changeOf(
  { what, kind, say }: Aspect,
  older: readonly RunRecord[],
  run: RunRecord,
): readonly Change[] {
  const now = say(run);
  if (now === null) return [];
  for (const candidate of older) {
    const before = say(candidate);
    if (before !== null) return before === now ? [] : [{ what, before, now, kind }];
  }
  return [];
}
