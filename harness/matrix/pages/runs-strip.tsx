import type { VNode } from 'preact';
import { printable } from '../../text/printable.ts';
import type { Change, ChangedRun } from '../changes.ts';
import { runFile } from '../run-file.ts';
import type { SiteRun } from '../site-run.ts';
import { VerdictMark } from './marks.tsx';

const RUNS_SHOWN = 60;
const CHANGES_SHOWN = 4;

/** A mark a run, oldest first: shape, colour, word and day. Between two runs stands what changed about the lab or the judge. */
export function RunsStrip({ runs }: { readonly runs: readonly ChangedRun[] }): VNode {
  const shown = runs.slice(0, RUNS_SHOWN).toReversed();
  const older = runs.length - shown.length;
  return (
    <>
      <p class="quiet">
        A mark a run, oldest first.
        {older > 0 ? ` Of ${runs.length} runs, the newest ${RUNS_SHOWN}.` : ''}
      </p>
      <ol class="strip">
        {shown.map(({ run, changes }, index) => {
          const around = changes.filter(({ kind }) => kind !== 'verdict');
          return (
            <li key={run.record.run}>
              {index === 0 || around.length === 0 ? null : <Between changes={around} />}
              <Mark run={run} />
            </li>
          );
        })}
      </ol>
    </>
  );
}

function Mark({ run: { record, page } }: { readonly run: SiteRun }): VNode {
  const inside = (
    <>
      <VerdictMark verdict={record.verdict} />
      {record.started === null ? (
        <span class="strip-day">undated</span>
      ) : (
        <time class="strip-day" dateTime={record.started}>
          <span class="strip-year">{record.started.slice(0, 5)}</span>
          {record.started.slice(5, 10)}
        </time>
      )}
    </>
  );
  return page ? (
    <a class="strip-run" href={`../runs/${runFile(record.run)}`}>
      {inside}
    </a>
  ) : (
    <span class="strip-run">{inside}</span>
  );
}

function Between({ changes }: { readonly changes: readonly Change[] }): VNode {
  const more = changes.length - CHANGES_SHOWN;
  return (
    <span class="strip-change">
      {changes.slice(0, CHANGES_SHOWN).map(({ what, before, now }) => (
        <span key={what}>{changeWords({ what, before, now })}</span>
      ))}
      {more > 0 ? <span>and {more} more</span> : null}
    </span>
  );
}

/** `QEMU 10.0.2 → 10.1.0`; digests by their beginnings. */
export function changeWords({ what, before, now }: Omit<Change, 'kind'>): string {
  const short = (text: string): string => (/^[0-9a-f]{64}$/.test(text) ? `${text.slice(0, 8)}…` : text);
  return printable(`${what} ${short(before)} → ${short(now)}`, 160);
}
