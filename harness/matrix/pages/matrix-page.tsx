import type { VNode } from 'preact';
import { printable } from '../../text/printable.ts';
import { CHECKS } from '../../trace/words.ts';
import { age, moment } from '../age.ts';
import { compare, type Count, type MatrixCell } from '../matrix-cell.ts';
import { runFile } from '../run-file.ts';
import type { SiteRun } from '../site-run.ts';
import { CHECK_LABEL } from '../words.ts';
import { CheckSign, ClassTag, VerdictMark } from './marks.tsx';

const RUNS_LINKED = 12;

/** One table a device: what was tried with it, what came of it, how often, and where the evidence is. */
export function Matrix({
  cells,
  built,
}: {
  readonly cells: readonly MatrixCell[];
  readonly built: string;
}): VNode {
  return (
    <>
      {devices(cells).map(({ title, facts, cells: own }, index) => (
        <section key={title} class="device" aria-labelledby={`device-${index}`}>
          <h2 id={`device-${index}`}>{title}</h2>
          <p class="facts">{facts}</p>
          <table class="matrix">
            <caption>
              What was tried with this device. Age is of the newest run when the site was built.
            </caption>
            <thead>
              <tr>
                <th scope="col">Verdict</th>
                <th scope="col">Combination</th>
                <th scope="col">Checks</th>
                <th scope="col">Evidence</th>
                <th scope="col">Age</th>
                <th scope="col">First finding</th>
              </tr>
            </thead>
            <tbody>
              {own.map((cell) => (
                <Row key={cell.shown.result.run} cell={cell} built={built} />
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </>
  );
}

function Row({ cell, built }: { readonly cell: MatrixCell; readonly built: string }): VNode {
  const { shown, verdict } = cell;
  return (
    <tr>
      <td class="cell-verdict">
        <a href={`runs/${runFile(shown.result.run)}`}>
          <VerdictMark verdict={verdict} />
          <span class="visually-hidden"> of {printable(shown.result.cell, 200)}: the run</span>
        </a>
      </td>
      <th scope="row" class="cell-what">
        <Combination run={shown} />
      </th>
      <td data-label="Checks">
        <Checks run={shown} />
      </td>
      <td data-label="Evidence">
        <Evidence cell={cell} />
      </td>
      <td data-label="Age" class="cell-age">
        <Age started={cell.runs[0]?.result.started ?? null} built={built} />
      </td>
      <td data-label="First finding">
        <FirstFinding run={shown} />
      </td>
    </tr>
  );
}

function Combination({ run: { result, header } }: { readonly run: SiteRun }): VNode {
  const axes = Object.entries(result.axes).filter(([axis]) => axis !== 'rom');
  const rom = result.rom === 'none' ? 'no ROM' : result.rom === null ? 'ROM unknown' : `ROM ${result.rom}`;
  return (
    <>
      <span class="name">{printable(result.name, 120)}</span>
      <span class="detail">{printable(rom, 160)}</span>
      {axes.map(([axis, value]) => (
        <span class="detail" key={axis}>
          {printable(`${axis.replace(/^config\./, '')}: ${value}`, 160)}
        </span>
      ))}
      <span class="detail quiet">
        {printable(result.guest, 80)}
        {header.guest.build === null ? '' : ` ${printable(shortBuild(header.guest.build), 40)}`} on{' '}
        {printable(result.host, 80)}
        {header.host.facts['qemu'] === undefined ? '' : `, QEMU ${printable(header.host.facts['qemu'], 40)}`}
      </span>
    </>
  );
}

/** The checks that were observed, one by one; the others are named together and never counted. */
function Checks({ run: { result } }: { readonly run: SiteRun }): VNode {
  const observed = CHECKS.filter((check) => result.checks[check] !== 'unobserved');
  const unobserved = CHECKS.length - observed.length;
  return (
    <ul class="checks-short">
      {observed.map((check) => (
        <li key={check}>
          <CheckSign state={result.checks[check]} /> {CHECK_LABEL[check]}
          <span class="visually-hidden">: {result.checks[check]}</span>
        </li>
      ))}
      {unobserved > 0 ? <li class="quiet">{unobserved} unobserved</li> : null}
    </ul>
  );
}

function Evidence({ cell }: { readonly cell: MatrixCell }): VNode {
  return (
    <>
      <ClassTag value={cell.evidenceClass} />
      {cell.count === null ? <span class="detail">by statement</span> : <Counted count={cell.count} />}
      {cell.runs.length > 1 ? <OtherRuns runs={cell.runs} /> : null}
    </>
  );
}

function Counted({ count: { decided, failures, bound, others } }: { readonly count: Count }): VNode {
  return (
    <>
      {decided === 0 ? null : (
        <span class="detail">
          {failures} of {decided} {decided === 1 ? 'run' : 'runs'} failed
        </span>
      )}
      {bound === null || bound === 1 ? null : (
        <span class="detail" title="One-sided exact 95 % upper bound of the failure rate (Clopper-Pearson)">
          fails in at most {(bound * 100).toFixed(1)} %
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

function OtherRuns({ runs }: { readonly runs: readonly SiteRun[] }): VNode {
  const more = runs.length - RUNS_LINKED;
  return (
    <details>
      <summary>{runs.length} runs</summary>
      <ul class="runs">
        {runs.slice(0, RUNS_LINKED).map(({ result }) => (
          <li key={result.run}>
            <a href={`runs/${runFile(result.run)}`}>
              {result.verdict}, {moment(result.started) ?? printable(result.run, 60)}
            </a>
          </li>
        ))}
        {more > 0 ? <li class="quiet">and {more} older</li> : null}
      </ul>
    </details>
  );
}

function Age({ started, built }: { readonly started: string | null; readonly built: string }): VNode {
  const words = age(started, built);
  if (started === null || words === null) return <span class="quiet">unknown</span>;
  return <time dateTime={new Date(started).toISOString()}>{words}</time>;
}

function FirstFinding({ run: { result } }: { readonly run: SiteRun }): VNode {
  const [first] = result.findings;
  if (first === undefined) return <span class="quiet">none</span>;
  return (
    <>
      <a href={`runs/${runFile(result.run)}#finding-1`}>{printable(first.title)}</a>
      <span class="detail">
        <code>{printable(first.id, 80)}</code>
        {first.confidence === 'certain' ? '' : `, ${first.confidence}`}
      </span>
    </>
  );
}

interface Device {
  readonly title: string;
  readonly facts: string;
  readonly cells: readonly MatrixCell[];
}

function devices(cells: readonly MatrixCell[]): readonly Device[] {
  const groups = new Map<string, MatrixCell[]>();
  for (const cell of cells) {
    const title = deviceTitle(cell.shown);
    groups.set(title, [...(groups.get(title) ?? []), cell]);
  }
  return [...groups]
    .sort(([a], [b]) => compare(a, b))
    .map(([title, own]) => ({ title, facts: deviceFacts(own), cells: own }));
}

function deviceTitle({ header: { host } }: SiteRun): string {
  return printable(`${host.facts['cpu'] ?? host.name} · ${host.igpu.id}`, 120);
}

function deviceFacts(cells: readonly MatrixCell[]): string {
  const words = cells.map(({ shown: { header } }) => {
    return `at ${header.host.igpu.address} on the host, ${PASSED[header.host.passthrough ?? 'unknown']}`;
  });
  return printable([...new Set(words)].sort(compare).join(', '), 200);
}

const PASSED = {
  'vfio-pci': 'passed through by vfio-pci',
  emulated: 'made by QEMU',
  unknown: 'passed in a way that nobody stated',
} as const;

/** A digest is told apart by its beginning; the run's page has the whole of it. */
function shortBuild(build: string): string {
  return /^[0-9a-f]{64}$/.test(build) ? build.slice(0, 8) : build;
}
