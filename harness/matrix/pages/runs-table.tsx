import type { VNode } from 'preact';
import type { RunRecord } from '../../report/history/line.ts';
import { printable } from '../../text/printable.ts';
import { moment } from '../age.ts';
import type { ChangedRun } from '../changes.ts';
import { runFile } from '../run-file.ts';
import type { SiteRun } from '../site-run.ts';
import { VerdictMark } from './marks.tsx';
import { changeWords } from './runs-strip.tsx';

const RUNS_SHOWN = 500;

/** Every run of a cell, newest first: what it said, what was otherwise than in the run before, and its evidence. */
export function RunsTable({ runs }: { readonly runs: readonly ChangedRun[] }): VNode {
  const more = runs.length - RUNS_SHOWN;
  return (
    <>
      <table class="runs-table cards">
        <caption>
          Runs, newest first. That two things changed at once does not say that one is the cause of the other.
        </caption>
        <thead>
          <tr>
            <th scope="col">Begun</th>
            <th scope="col">Verdict</th>
            <th scope="col">First finding</th>
            <th scope="col">Changed since the run before</th>
            <th scope="col">Judged</th>
            <th scope="col">Trace</th>
          </tr>
        </thead>
        <tbody>
          {runs.slice(0, RUNS_SHOWN).map((run) => (
            <Row key={run.run.record.run} run={run} />
          ))}
        </tbody>
      </table>
      {more > 0 ? <p class="quiet">And {more} older runs, which are in the history files.</p> : null}
    </>
  );
}

function Row({ run: { run, changes } }: { readonly run: ChangedRun }): VNode {
  const { record, earlier, kept } = run;
  const [first] = record.findings;
  return (
    <tr>
      <th scope="row">{moment(record.started) ?? 'undated'}</th>
      <td data-label="Verdict">
        <VerdictMark verdict={record.verdict} />
        {record.attempt > 1 ? <span class="detail quiet">attempt {record.attempt}</span> : null}
        {record.asExpected === false ? <span class="detail">not as expected</span> : null}
      </td>
      <td data-label="First finding">
        {first === undefined ? <span class="quiet">none</span> : <code>{printable(first.id, 80)}</code>}
      </td>
      <td data-label="Changed">
        {changes.length === 0 ? (
          <span class="quiet">
            <span aria-hidden="true">–</span>
            <span class="visually-hidden">nothing that is known</span>
          </span>
        ) : (
          <ul class="changed">
            {changes.map((change) => (
              <li key={change.what} class={`changed-${change.kind}`}>
                {changeWords(change)}
              </li>
            ))}
          </ul>
        )}
      </td>
      <td data-label="Judged">
        <span>rules {printable(record.rules, 20)}</span>
        {earlier.map((before) => (
          <span class="detail quiet" key={before.rules}>
            {before.verdict} by rules {printable(before.rules, 20)}
          </span>
        ))}
      </td>
      <td data-label="Trace">
        <Trace run={run} record={record} />
        {kept === 'here' ? <span class="tag">not recorded</span> : null}
      </td>
    </tr>
  );
}

/** A run whose trace is here is linked; of another one the digest is what its trace is found by. */
function Trace({ run, record }: { readonly run: SiteRun; readonly record: RunRecord }): VNode {
  if (run.page)
    return (
      <a href={`../runs/${runFile(record.run)}`}>
        the run<span class="visually-hidden"> {printable(record.run, 140)}</span>
      </a>
    );
  if (record.trace === null) return <span class="quiet">never ended</span>;
  return (
    <details>
      <summary>
        <code>{record.trace.slice(0, 12)}…</code>
      </summary>
      <code class="digest">{record.trace}</code>
    </details>
  );
}
