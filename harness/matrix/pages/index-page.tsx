import type { VNode } from 'preact';
import { VERDICTS } from '../../trace/words.ts';
import type { MatrixCell } from '../matrix-cell.ts';
import { VERDICT_MEANING } from '../words.ts';
import { VerdictMark } from './marks.tsx';
import { Matrix } from './matrix-page.tsx';

interface Props {
  readonly cells: readonly MatrixCell[];
  readonly built: string;
}

/** The main matrix: evidence about real devices only. */
export function IndexPage({ cells, built }: Props): VNode {
  return (
    <>
      <h1>Does this iGPU work in a Windows VM?</h1>
      <p class="lead">
        What was seen when an Intel iGPU was passed through to a VM: with which option ROM, which VM
        configuration, on which host. Each verdict links to its evidence.
      </p>
      {cells.length === 0 ? <Empty /> : <Matrix cells={cells} built={built} />}
      <Legend />
    </>
  );
}

/** The same for virtual devices and stand-in guests, which prove nothing about hardware. */
export function SimulatedPage({ cells, built }: Props): VNode {
  return (
    <>
      <h1>Simulated runs</h1>
      <p class="lead notice">
        <strong>No Intel GPU was involved here.</strong> These runs booted real virtual machines with a
        virtual device or a stand-in guest. They test the harness; they say nothing about hardware.
      </p>
      {cells.length === 0 ? (
        <p>No simulated run has been published yet.</p>
      ) : (
        <Matrix cells={cells} built={built} />
      )}
      <Legend />
    </>
  );
}

function Empty(): VNode {
  return (
    <p>
      No run on a real device has been published yet. That says nothing about any device:{' '}
      <a href="about.html">untested is not failed</a>.
    </p>
  );
}

function Legend(): VNode {
  return (
    <section class="legend" aria-labelledby="legend">
      <h2 id="legend">What the words mean</h2>
      <dl class="meanings">
        {VERDICTS.map((verdict) => (
          <div key={verdict}>
            <dt>
              <VerdictMark verdict={verdict} />
            </dt>
            <dd>{VERDICT_MEANING[verdict]}</dd>
          </div>
        ))}
      </dl>
      <p>
        What is not listed was not tested. <a href="about.html">How to read this</a> explains evidence
        classes, counts and bounds.
      </p>
    </section>
  );
}
