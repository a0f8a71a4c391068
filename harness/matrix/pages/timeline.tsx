import type { VNode } from 'preact';
import { printable } from '../../text/printable.ts';
import type { TraceEvent } from '../../trace/event.ts';
import type { TracedRun } from '../site-run.ts';

const LANES = { boots: 26, samples: 66, qmp: 106 } as const;
const HEIGHT = 144;
const MARKS_SHOWN = 500;

/** Boots, samples and QEMU's events over the run's time, as far as they share the harness's clock. No script. */
export function Timeline({ run: { result, header, events } }: { readonly run: TracedRun }): VNode | null {
  const sameClock = header.clocks.qmp === header.clocks.note;
  const qmp = sameClock ? events.filter(isQmpEvent).slice(0, MARKS_SHOWN) : [];
  const samples = result.boots.flatMap((boot) => boot.samples).slice(0, MARKS_SHOWN);
  const times = [
    ...result.boots.flatMap(({ began, ended, agentUp }) => [began, ended ?? began, agentUp ?? began]),
    ...samples.map(({ t }) => t),
    ...qmp.map(({ t }) => t),
  ];
  const end = times.reduce((last, time) => Math.max(last, time), 0);
  if (result.boots.length === 0 || end <= 0) return null;
  const at = (time: number): string => `${((Math.max(0, time) / end) * 100).toFixed(2)}%`;
  return (
    <figure class="timeline">
      <svg width="100%" height={HEIGHT} role="img" aria-labelledby="timeline-title">
        <title id="timeline-title">
          {`${result.boots.length} boots, ${samples.length} samples and ${qmp.length} QEMU events over ${end.toFixed(0)} seconds`}
        </title>
        <text x="0" y={LANES.boots - 10} class="lane">
          Boots
        </text>
        {result.boots.map((boot) => (
          <g key={boot.boot} class={`boot verdict-${boot.verdict}`}>
            <rect
              x={at(boot.began)}
              y={LANES.boots - 4}
              width={at((boot.ended ?? end) - boot.began)}
              height="16"
              rx="2"
            />
            <text x={at(boot.began)} dx="6" y={LANES.boots + 8}>
              {boot.boot + 1}
            </text>
            {boot.agentUp === null ? null : (
              <line x1={at(boot.agentUp)} x2={at(boot.agentUp)} y1={LANES.boots - 8} y2={LANES.boots + 16} />
            )}
          </g>
        ))}
        <text x="0" y={LANES.samples - 8} class="lane">
          Samples
        </text>
        {samples.map((sample) => (
          <SampleMark key={sample.n} x={at(sample.t)} healthy={sample.state === 'healthy'} code={sample.code}>
            {`${sample.t.toFixed(1)} s: ${printable(sample.state, 80)}`}
          </SampleMark>
        ))}
        <text x="0" y={LANES.qmp - 8} class="lane">
          QEMU events
        </text>
        {qmp.map((event) => (
          <rect key={event.n} class="qmp" x={at(event.t)} y={LANES.qmp} width="2" height="12">
            <title>{`${event.t.toFixed(1)} s: ${printable(event.event, 80)}`}</title>
          </rect>
        ))}
        <line class="axis" x1="0" x2="100%" y1={HEIGHT - 20} y2={HEIGHT - 20} />
        <text x="0" y={HEIGHT - 6} class="tick">
          0 s
        </text>
        <text x="50%" y={HEIGHT - 6} class="tick" text-anchor="middle">{`${(end / 2).toFixed(0)} s`}</text>
        <text x="100%" y={HEIGHT - 6} class="tick" text-anchor="end">{`${end.toFixed(0)} s`}</text>
      </svg>
      <figcaption>
        The line across a boot is the guest agent’s first answer. A filled circle is a healthy sample, a
        square a problem code, an open circle anything else.
      </figcaption>
    </figure>
  );
}

interface SampleMarkProps {
  readonly x: string;
  readonly healthy: boolean;
  readonly code: number | null;
  readonly children: string;
}

function SampleMark({ x, healthy, code, children }: SampleMarkProps): VNode {
  const title = <title>{children}</title>;
  if (healthy)
    return (
      <circle class="sample-good" cx={x} cy={LANES.samples + 6} r="5">
        {title}
      </circle>
    );
  if (code !== null && code !== 0) {
    return (
      <rect class="sample-bad" x={x} y={LANES.samples + 1} width="10" height="10" transform="translate(-5 0)">
        {title}
      </rect>
    );
  }
  return (
    <circle class="sample-other" cx={x} cy={LANES.samples + 6} r="4.5">
      {title}
    </circle>
  );
}

type QmpEvent = Extract<TraceEvent, { ch: 'qmp'; kind: 'event' }>;
const isQmpEvent = (event: TraceEvent): event is QmpEvent => event.ch === 'qmp' && event.kind === 'event';
