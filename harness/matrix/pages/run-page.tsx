import type { ComponentChildren, VNode } from 'preact';
import type { Result } from '../../judge/result.ts';
import { printable, printableLines } from '../../text/printable.ts';
import { CHECKS } from '../../trace/words.ts';
import { moment } from '../age.ts';
import type { TracedRun } from '../site-run.ts';
import { CHECK_LABEL, CHECK_STATE_LABEL, CLASS_MEANING } from '../words.ts';
import { type Fact, FactsList } from './facts-list.tsx';
import { Boots } from './boots.tsx';
import { Events, listedEvents } from './events.tsx';
import { Findings } from './findings.tsx';
import { CheckSign, ClassTag, VerdictMark } from './marks.tsx';
import { Timeline } from './timeline.tsx';

const CONFIG_LINES = 200;

interface Props {
  readonly run: TracedRun;
  /** Path of the page of its cell. */
  readonly cell: string;
}

/** One run: the verdict, what led to it, and everything that it can be checked by. */
export function RunPage({ run, cell }: Props): VNode {
  const { result, header, events } = run;
  const shown = listedEvents(events, result);
  const listed = new Set(shown.map(({ n }) => n));
  return (
    <>
      <p class="breadcrumb">
        {result.evidenceClass === 'simulated' ? (
          <a href="../simulated.html">Simulated runs</a>
        ) : (
          <a href="../index.html">Matrix</a>
        )}
        {' › '}
        <a href={`../${cell}`}>Runs of this combination over time</a>
      </p>
      <h1 class="run-title">{printable(result.name, 160)}</h1>
      <p class="cell-id">{printable(result.cell, 300)}</p>
      <div class={`banner banner-${result.verdict}`}>
        <p class="banner-verdict">
          <VerdictMark verdict={result.verdict} />
          {result.by === 'statement' ? <span class="by">by statement</span> : null}
        </p>
        <p>
          {expectation(result)} <ClassTag value={result.evidenceClass} />{' '}
          {CLASS_MEANING[result.evidenceClass]}
        </p>
      </div>

      <Section id="findings" title="What was found">
        <Findings findings={result.findings} listed={listed} />
      </Section>
      <Section id="checks" title="Checks">
        <ul class="checks">
          {CHECKS.map((check) => (
            <li key={check} class={`check-item-${result.checks[check]}`}>
              <CheckSign state={result.checks[check]} /> {CHECK_LABEL[check]}:{' '}
              <strong>{CHECK_STATE_LABEL[result.checks[check]]}</strong>
            </li>
          ))}
        </ul>
      </Section>
      <Section id="boots" title="Boots and samples">
        <Timeline run={run} />
        <Boots boots={result.boots} listed={listed} />
      </Section>
      <Section id="config" title="VM config under test">
        {header.cell.config === null ? (
          <p>It was not given.</p>
        ) : (
          <pre tabIndex={0}>
            <code>{printableLines(header.cell.config, CONFIG_LINES).join('\n')}</code>
          </pre>
        )}
      </Section>
      <Section id="provenance" title="Where this comes from">
        <Provenance run={run} />
      </Section>
      <Section id="events" title="Events">
        <Events shown={shown} total={events.length} />
      </Section>
    </>
  );
}

function expectation({ asExpected, expect, by, settle }: Result): string {
  const expected = expect === null ? '' : [expect.verdict, expect.finding].filter(Boolean).join(' with ');
  const words =
    asExpected === null
      ? 'Nothing was expected.'
      : asExpected
        ? 'As expected.'
        : `Not as expected${expected === '' ? '' : ` (${printable(expected, 80)})`}.`;
  if (by === 'statement') return `${words} Nobody watched the status settle.`;
  return `${words} Settled means ${settle.samples} samples, ${settle.unchanged} s unchanged, ${settle.uptime} s of guest uptime.`;
}

function Section(props: {
  readonly id: string;
  readonly title: string;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <section aria-labelledby={props.id}>
      <h2 id={props.id}>{props.title}</h2>
      {props.children}
    </section>
  );
}

/** Facts as pairs; what nobody knows says so. */
function Provenance({ run: { result, header } }: { readonly run: TracedRun }): VNode {
  const facts: readonly Fact[] = [
    ['Run', result.run],
    ['Begun', moment(result.started)],
    ['Attempt', String(result.attempt)],
    ['Scenario', result.scenario],
    ...Object.entries(result.axes).map(([axis, value]) => [`Axis ${axis}`, value] as const),
    ['ROM', header.rom?.ref ?? null],
    ['ROM sha256', header.rom?.ref === 'none' ? 'no ROM' : (header.rom?.sha256 ?? null)],
    ['Guest', `${header.guest.name}${header.guest.build === null ? '' : `, build ${header.guest.build}`}`],
    ['Host', `${header.host.name} (${header.host.platform})`],
    ['Device', `${header.host.igpu.id} at ${header.host.igpu.address}`],
    ['Device to the host', header.host.passthrough],
    ['Host is itself a VM', header.host.virtual === null ? null : header.host.virtual ? 'yes' : 'no'],
    ...Object.entries(header.host.facts).map(([name, value]) => [`Host ${name}`, value] as const),
    ['Recorded by', `${header.tool.name} ${header.tool.version}`],
    ['Judged by', `code43 ${result.tool}, rules ${result.rules}`],
    ['Identity', result.identity],
    ['Trace sha256', result.trace],
  ];
  return <FactsList facts={facts} />;
}
