import type { VNode } from 'preact';
import { age, isStale, STALE_DAYS } from '../age.ts';
import type { Count } from '../matrix-cell.ts';
import { percentUp } from '../percent.ts';

/** How many runs a verdict rests on, how many failed, and what that bounds. */
export function Counted({ count }: { readonly count: Count }): VNode {
  const { decided, failures, retries, bound, others } = count;
  return (
    <>
      {decided === 0 ? null : (
        <span class="detail">
          {decided} {decided === 1 ? 'run' : 'runs'}, {failures} failed
        </span>
      )}
      {bound === null || bound === 1 ? null : (
        <span class="detail" title="One-sided exact 95 % upper bound of the failure rate (Clopper-Pearson)">
          fails in at most {percentUp(bound)}
          {`\u00a0%, at 95\u00a0%`}
        </span>
      )}
      {retries === 0 ? null : (
        <span class="detail quiet">
          {retries} of them {retries === 1 ? 'a further attempt' : 'further attempts'}
        </span>
      )}
      {others.map(({ verdict, runs }) => (
        <span class="detail quiet" key={verdict}>
          {runs} × {verdict}, not counted
        </span>
      ))}
    </>
  );
}

/** Says that runs of the same thing disagree, and how: failures of runs. */
export function FlakyTag({ count }: { readonly count: Count | null }): VNode | null {
  if (count?.flaky !== true) return null;
  return (
    <span class="tag flaky" title="Runs of the same combination ended differently: failures of runs">
      flaky {count.failures}/{count.decided}
    </span>
  );
}

interface AgeProps {
  readonly started: string | null;
  readonly built: string;
}

/** How old the run is, and that it may no longer hold where that is long. */
export function Age({ started, built }: AgeProps): VNode {
  const words = age(started, built);
  if (started === null || words === null) return <span class="quiet">unknown</span>;
  return (
    <>
      <time dateTime={new Date(started).toISOString()}>{words}</time>
      {isStale(started, built) ? (
        <span class="tag stale" title={`Nothing was run for ${STALE_DAYS} days or more`}>
          stale
        </span>
      ) : null}
    </>
  );
}
