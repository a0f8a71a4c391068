import type { VNode } from 'preact';
import type { RunRecord } from '../../report/history/line.ts';
import { printable } from '../../text/printable.ts';
import { moment } from '../age.ts';
import { withChanges } from '../changes.ts';
import type { MatrixCell } from '../matrix-cell.ts';
import { runFile } from '../run-file.ts';
import { CLASS_MEANING } from '../words.ts';
import { type Fact, FactsList } from './facts-list.tsx';
import { Age, Counted, FlakyTag } from './count.tsx';
import { ClassTag, VerdictMark } from './marks.tsx';
import { RunsStrip } from './runs-strip.tsx';
import { RunsTable } from './runs-table.tsx';

interface Props {
  readonly cell: MatrixCell;
  readonly built: string;
}

/** One cell: its verdict, what it rests on, and every run over time. */
export function CellPage({ cell, built }: Props): VNode {
  const { record } = cell.shown;
  const newest = cell.runs[0]?.record.started ?? null;
  const runs = withChanges(cell.runs);
  return (
    <>
      <p class="breadcrumb">
        {cell.evidenceClass === 'simulated' ? (
          <a href="../simulated.html">Simulated runs</a>
        ) : (
          <a href="../index.html">Matrix</a>
        )}
      </p>
      <h1 class="run-title">{printable(record.name, 160)}</h1>
      <p class="cell-id">{printable(record.cell, 300)}</p>
      <div class={`banner banner-${cell.verdict}`}>
        <p class="banner-verdict">
          <VerdictMark verdict={cell.verdict} /> <FlakyTag count={cell.count} />
          {cell.count === null ? <span class="by">by statement</span> : null}
        </p>
        <p class="counted">{cell.count === null ? null : <Counted count={cell.count} />}</p>
        <p>
          Last run: {moment(newest) ?? 'undated'} (<Age started={newest} built={built} />
          ). <ClassTag value={cell.evidenceClass} /> {CLASS_MEANING[cell.evidenceClass]}
        </p>
      </div>

      <section aria-labelledby="over-time">
        <h2 id="over-time">Runs over time</h2>
        <RunsStrip runs={runs} />
        <RunsTable runs={runs} />
      </section>
      <section aria-labelledby="found">
        <h2 id="found">What the newest of them found</h2>
        <Found run={record} page={cell.shown.page} />
      </section>
      <section aria-labelledby="combination">
        <h2 id="combination">What was run</h2>
        <Combination run={record} />
      </section>
    </>
  );
}

function Found({ run, page }: { readonly run: RunRecord; readonly page: boolean }): VNode {
  const { findings, omitted } = run;
  return (
    <>
      {findings.length === 0 ? (
        <p>Nothing was found that needs a word.</p>
      ) : (
        <ul>
          {findings.map(({ id, title, confidence }, index) => (
            <li key={index}>
              {printable(title)} <code>{printable(id, 80)}</code>
              {confidence === 'certain' ? '' : `, ${confidence}`}
            </li>
          ))}
        </ul>
      )}
      {omitted.findings > 0 ? <p class="quiet">And {omitted.findings} more of lower rank.</p> : null}
      <p>
        {page ? (
          <a href={`../runs/${runFile(run.run)}`}>The run, with its evidence line by line</a>
        ) : (
          'Its trace is not here; the digest in the table is what it is found by.'
        )}
      </p>
    </>
  );
}

function Combination({ run }: { readonly run: RunRecord }): VNode {
  const facts: readonly Fact[] = [
    ['ROM', run.rom?.ref ?? null],
    ['ROM sha256', run.rom?.ref === 'none' ? 'no ROM' : (run.rom?.sha256 ?? null)],
    ...Object.entries(run.axes).flatMap(([axis, value]) =>
      axis === 'rom' ? [] : [[`Axis ${axis}`, value] as const],
    ),
    ['Guest', run.guest.name],
    ['Guest build', run.guest.build],
    ['Driver in the guest', run.guest.driver],
    ['Host', `${run.host.name} (${run.host.platform})`],
    ['Device', `${run.host.igpu.id} at ${run.host.igpu.address}`],
    ...Object.entries(run.host.facts).map(([fact, value]) => [`Host ${fact}`, value] as const),
    ['Boots', run.boots.map(([asked]) => asked).join(', ') || null],
    ['Identity', run.identity],
  ];
  return <FactsList facts={facts} />;
}
