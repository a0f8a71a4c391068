import type { VNode } from 'preact';
import type { BootResult, Sample } from '../../judge/result.ts';
import { printable } from '../../report/printable.ts';
import { VerdictMark } from './marks.tsx';

const SAMPLES_SHOWN = 200;

/** The boots of a run in a table, and under it every sample of each. */
export function Boots({
  boots,
  listed,
}: {
  readonly boots: readonly BootResult[];
  readonly listed: ReadonlySet<number>;
}): VNode {
  if (boots.length === 0) return <p>Nothing was booted.</p>;
  return (
    <>
      <section class="scroll" aria-label="Table of boots" tabIndex={0}>
        <table>
          <caption>Boots, in the order they were done. Seconds on the harness’s clock.</caption>
          <thead>
            <tr>
              <th scope="col">Boot</th>
              <th scope="col">Asked</th>
              <th scope="col">Observed</th>
              <th scope="col">Verdict</th>
              <th scope="col" class="number">
                Took
              </th>
              <th scope="col" class="number">
                Agent after
              </th>
              <th scope="col">Settled</th>
            </tr>
          </thead>
          <tbody>
            {boots.map((boot) => (
              <tr key={boot.boot}>
                <th scope="row">{boot.boot + 1}</th>
                <td>{boot.asked}</td>
                <td>{boot.observed ?? 'not observed'}</td>
                <td>
                  <VerdictMark verdict={boot.verdict} />
                </td>
                <td class="number">
                  {boot.ended === null ? 'never ended' : seconds(boot.ended - boot.began)}
                </td>
                <td class="number">
                  {boot.agentUp === null ? 'no answer' : seconds(boot.agentUp - boot.began)}
                </td>
                <td>{boot.settled ? 'yes' : 'no'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {boots.map((boot) => (
        <Samples key={boot.boot} boot={boot} listed={listed} />
      ))}
    </>
  );
}

function Samples({
  boot,
  listed,
}: {
  readonly boot: BootResult;
  readonly listed: ReadonlySet<number>;
}): VNode | null {
  if (boot.samples.length === 0) return null;
  const label = `Samples of boot ${boot.boot + 1}`;
  const more = boot.samples.length - SAMPLES_SHOWN;
  return (
    <details open={boot.samples.length <= 12}>
      <summary>
        {label} ({boot.samples.length})
      </summary>
      <section class="scroll" aria-label={`Table: ${label}`} tabIndex={0}>
        <table>
          <caption class="visually-hidden">{label}: what the guest’s device said, and when</caption>
          <thead>
            <tr>
              <th scope="col" class="number">
                Event
              </th>
              <th scope="col" class="number">
                Into the boot
              </th>
              <th scope="col" class="number">
                Guest uptime
              </th>
              <th scope="col">State</th>
              <th scope="col" class="number">
                Problem code
              </th>
            </tr>
          </thead>
          <tbody>
            {boot.samples.slice(0, SAMPLES_SHOWN).map((sample) => (
              <Row key={sample.n} sample={sample} began={boot.began} listed={listed} />
            ))}
          </tbody>
        </table>
      </section>
      {more > 0 ? <p class="quiet">And {more} more.</p> : null}
    </details>
  );
}

interface RowProps {
  readonly sample: Sample;
  readonly began: number;
  readonly listed: ReadonlySet<number>;
}

function Row({ sample, began, listed }: RowProps): VNode {
  return (
    <tr>
      <td class="number">{listed.has(sample.n) ? <a href={`#e${sample.n}`}>{sample.n}</a> : sample.n}</td>
      <td class="number">{seconds(sample.t - began)}</td>
      <td class="number">{sample.uptime === null ? 'unknown' : seconds(sample.uptime)}</td>
      <td>{printable(sample.state, 80)}</td>
      <td class="number">{sample.code ?? '–'}</td>
    </tr>
  );
}

const seconds = (value: number): string => `${value.toFixed(1)} s`;
