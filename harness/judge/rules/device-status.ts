import type { State } from '../assess.ts';
import type { Boot, Reading } from '../boot.ts';
import { settledBoots } from '../outcome.ts';
import { problemCode, problemName } from '../../guest/answers/problem-codes.ts';
import type { Evidence } from '../result.ts';
import { conclude, quote, rule, type Conclusion } from '../rule.ts';
import type { Settled } from '../settle.ts';

interface Said {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
}

interface SettledBoot {
  readonly boot: Boot;
  readonly on: Settled;
}

/** What the device settled on, boot by boot: problem codes, an absent or an unstarted device. */
export const deviceStatus = rule({
  id: 'device-status',
  start: null,
  conclude: (view) => {
    const byId = new Map<string, { said: Said; boots: SettledBoot[] }>();
    for (const settled of settledBoots(view)) {
      const said = describe(settled);
      if (said === null) continue;
      const group = byId.get(said.title) ?? { said, boots: [] };
      group.boots.push(settled);
      byId.set(said.title, group);
    }
    return [...byId.values()].map(({ said, boots }) => failed(said, boots));
  },
});

function failed(said: Said, boots: readonly SettledBoot[]): Conclusion {
  return conclude(
    'fail',
    boots.map(({ boot }) => boot.boot),
    {
      ...said,
      severity: 'warning',
      evidence: boots.flatMap(evidence),
      collect: [
        "the guest driver's version and its event log",
        "QEMU's output",
        "the host's kernel log of this boot",
      ],
    },
  );
}

function describe({ boot, on }: SettledBoot): Said | null {
  const before = beforeThat(boot, on);
  const byState: Partial<Record<State, () => Said>> = {
    problem: () => problem(on.reading, before),
    absent: () => absent(on.reading, before),
    'not-started': () => notStarted(on.reading),
  };
  return byState[on.reading.state]?.() ?? null;
}

function notStarted({ device }: Reading): Said {
  const why = device?.whyNotStarted ?? null;
  return {
    id: 'device.not-started',
    title: 'The driver is bound but the device is not started',
    detail:
      why === null
        ? 'The problem code is 0, yet the status flags lack "started", or say that there is a problem.'
        : `Programs in the guest cannot use it: ${why}.`,
  };
}

function problem({ code, device }: Reading, before: readonly Reading[]): Said {
  const known = problemCode(code ?? 0);
  const late = before.some(({ state }) => state === 'healthy') ? ' It came late: the device had worked.' : '';
  const status = device?.problemStatus ?? null;
  const why =
    status === null || Number(status) === 0 ? '' : ` Windows gives the problem status ${status} with it.`;
  if (known === null || code === null) {
    return {
      id: 'device.problem',
      title: `The device has problem code ${code ?? '?'}`,
      detail: `Windows documents no such code.${why}${late}`,
    };
  }
  const look = known.look ?? 'Nothing more is known here of this code.';
  return {
    id: `device.code-${code}`,
    title: `Code ${code}: ${known.means}`,
    detail: `${look} (${problemName(code) ?? ''})${why}${late}`,
  };
}

function absent(reading: Reading, before: readonly Reading[]): Said {
  const seen = before.some(({ device }) => device !== null);
  if (seen) {
    return {
      id: 'device.vanished',
      title: 'The device was in the guest and is gone',
      detail: `It was there earlier in this boot. Then: ${reading.words}. See whether it was ejected in the guest, unplugged, or lost by the host.`,
    };
  }
  return {
    id: 'device.absent',
    title: 'The device is not in the guest',
    detail: `The guest lists its PCI devices, but none with the expected id at the expected address: ${reading.words}. Compare with the QEMU command line.`,
  };
}

function beforeThat(boot: Boot, on: Settled): readonly Reading[] {
  return boot.readings.filter(({ n }) => n < (on.readings[0]?.n ?? 0));
}

/** What it settled on, and what it had been before that. */
function evidence({ boot, on }: SettledBoot): readonly Evidence[] {
  const first = on.readings[0];
  const before = beforeThat(boot, on).at(-1);
  const held = `boot ${boot.boot + 1}: ${on.reading.words}, ${on.readings.length} samples over ${on.seconds.toFixed(1)} s`;
  return [
    ...(before === undefined
      ? []
      : [
          quote(
            before.n,
            'guest agent',
            `boot ${boot.boot + 1}: ${before.words} at ${before.t.toFixed(1)} s`,
          ),
        ]),
    ...(first === undefined ? [] : [quote(first.n, 'guest agent', held)]),
  ];
}
