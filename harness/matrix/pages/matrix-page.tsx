import type { VNode } from 'preact';
import { printable } from '../../text/printable.ts';
import { CHECKS } from '../../trace/words.ts';
import type { RunRecord } from '../../report/history/line.ts';
import { compare, type MatrixCell } from '../matrix-cell.ts';
import { runFile } from '../run-file.ts';
import type { SiteRun } from '../site-run.ts';
import { CHECK_LABEL } from '../words.ts';
import { Age, Counted, FlakyTag } from './count.tsx';
import { CheckSign, ClassTag, VerdictMark } from './marks.tsx';

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
          <table class="matrix cards">
            <caption>
              What was tried with this device. The verdict is that of the newest run that says something of
              it; age is of the newest run when the site was built.
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
                <Row key={cell.path} cell={cell} built={built} />
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </>
  );
}

function Row({ cell, built }: { readonly cell: MatrixCell; readonly built: string }): VNode {
  const { shown, verdict, path } = cell;
  return (
    <tr>
      <td class="cell-verdict">
        <a href={path}>
          <VerdictMark verdict={verdict} />
          <span class="visually-hidden"> of {printable(shown.record.cell, 200)}: runs over time</span>
        </a>
        <FlakyTag count={cell.count} />
      </td>
      <th scope="row" class="cell-what">
        <Combination run={shown.record} />
      </th>
      <td data-label="Checks">
        <Checks run={shown.record} />
      </td>
      <td data-label="Evidence">
        <Evidence cell={cell} />
      </td>
      <td data-label="Age" class="cell-age">
        <Age started={cell.runs[0]?.record.started ?? null} built={built} />
      </td>
      <td data-label="First finding">
        <FirstFinding run={shown} />
      </td>
    </tr>
  );
}

function Combination({ run }: { readonly run: RunRecord }): VNode {
  const axes = Object.entries(run.axes).filter(([axis]) => axis !== 'rom');
  const rom = run.rom === null ? 'ROM unknown' : run.rom.ref === 'none' ? 'no ROM' : `ROM ${run.rom.ref}`;
  const { qemu } = run.host.facts;
  return (
    <>
      <span class="name">{printable(run.name, 120)}</span>
      <span class="detail">{printable(rom, 160)}</span>
      {axes.map(([axis, value]) => (
        <span class="detail" key={axis}>
          {printable(`${axis.replace(/^config\./, '')}: ${value}`, 160)}
        </span>
      ))}
      <span class="detail quiet">
        {printable(run.guest.name, 80)}
        {run.guest.build === null ? '' : ` ${printable(shortBuild(run.guest.build), 40)}`} on{' '}
        {printable(run.host.name, 80)}
        {qemu === undefined ? '' : `, QEMU ${printable(qemu, 40)}`}
      </span>
    </>
  );
}

/** The checks that were observed, one by one; the others are named together and never counted. */
function Checks({ run: { checks } }: { readonly run: RunRecord }): VNode {
  const observed = CHECKS.filter((check) => checks.yes.includes(check) || checks.no.includes(check)).map(
    (check) => ({ check, state: checks.yes.includes(check) ? 'yes' : 'no' }) as const,
  );
  const unobserved = CHECKS.length - observed.length;
  return (
    <ul class="checks-short">
      {observed.map(({ check, state }) => (
        <li key={check}>
          <CheckSign state={state} /> {CHECK_LABEL[check]}
          <span class="visually-hidden">: {state}</span>
        </li>
      ))}
      {unobserved > 0 ? <li class="quiet">{unobserved} unobserved</li> : null}
    </ul>
  );
}

function Evidence({ cell }: { readonly cell: MatrixCell }): VNode {
  const unrecorded = cell.runs.filter(({ kept }) => kept === 'here').length;
  return (
    <>
      <ClassTag value={cell.evidenceClass} />
      {cell.count === null ? <span class="detail">by statement</span> : <Counted count={cell.count} />}
      {unrecorded === 0 ? null : <span class="detail quiet">{unrecorded} not recorded</span>}
      <a class="detail" href={cell.path}>
        over time
        <span class="visually-hidden">: {printable(cell.shown.record.cell, 200)}</span>
      </a>
    </>
  );
}

function FirstFinding({ run: { record, page } }: { readonly run: SiteRun }): VNode {
  const [first] = record.findings;
  if (first === undefined) return <span class="quiet">none</span>;
  return (
    <>
      {page ? (
        <a href={`runs/${runFile(record.run)}#finding-1`}>{printable(first.title)}</a>
      ) : (
        printable(first.title)
      )}
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
    const title = deviceTitle(cell.shown.record);
    groups.set(title, [...(groups.get(title) ?? []), cell]);
  }
  return [...groups]
    .sort(([a], [b]) => compare(a, b))
    .map(([title, own]) => ({ title, facts: deviceFacts(own), cells: own }));
}

function deviceTitle({ host }: RunRecord): string {
  return printable(`${host.facts['cpu'] ?? host.name} · ${host.igpu.id}`, 120);
}

function deviceFacts(cells: readonly MatrixCell[]): string {
  const words = cells.map(({ shown: { record } }) => {
    const { igpu, passthrough } = record.host;
    return `at ${igpu.address} on the host, ${PASSED[passthrough ?? 'unknown']}`;
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
