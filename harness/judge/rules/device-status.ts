import type { Settled } from '../settle.ts';
import { settledBoots } from '../outcome.ts';
import { conclude, quote, rule, type Conclusion } from '../rule.ts';
import type { State } from '../assess.ts';

const MEANING_43 =
  'Windows reports code 43 when the driver, after a successful start, says its device has failed. It names no cause by itself.';

/** States of the device that settle a `fail` with a driver in place. */
const TITLES: Partial<Record<State, { id: string; title: string; detail: string }>> = {
  absent: {
    id: 'device.absent',
    title: 'The device is not in the guest',
    detail:
      'The guest lists its PCI devices, but none with the expected id at the expected address. Compare with the QEMU command line.',
  },
  'not-started': {
    id: 'device.not-started',
    title: 'The driver is bound but the device is not started',
    detail: 'The problem code is 0, yet the status flags lack "started".',
  },
};

/** What the device settled on, boot by boot: problem codes, an absent or an unstarted device. */
export const deviceStatus = rule({
  id: 'device-status',
  start: null,
  conclude: (view) => {
    const byId = new Map<string, { boot: number; on: Settled }[]>();
    for (const { boot, on } of settledBoots(view)) {
      const id = on.reading.state === 'problem' ? `code ${on.reading.code ?? '?'}` : on.reading.state;
      byId.set(id, [...(byId.get(id) ?? []), { boot: boot.boot, on }]);
    }
    return [...byId.values()].flatMap((group) => describe(group));
  },
});

function describe(group: readonly { boot: number; on: Settled }[]): readonly Conclusion[] {
  const first = group[0];
  if (first === undefined) return [];
  const { reading } = first.on;
  const said = reading.state === 'problem' ? problem(reading.code ?? 0) : TITLES[reading.state];
  if (said === undefined) return [];
  return [
    conclude(
      'fail',
      group.map(({ boot }) => boot),
      {
        ...said,
        severity: 'warning',
        evidence: group.flatMap(({ boot, on }) => evidence(boot, on)),
        collect: [
          "the guest driver's version and its event log",
          "QEMU's output",
          "the host's kernel log of this boot",
        ],
      },
    ),
  ];
}

function problem(code: number): { id: string; title: string; detail: string } {
  if (code === 43) {
    return {
      id: 'device.code-43',
      title: 'Code 43: the driver reports that its device failed',
      detail: MEANING_43,
    };
  }
  return {
    id: 'device.problem',
    title: `The device has problem code ${code}`,
    detail: `The guest's device manager settled on problem code ${code}.`,
  };
}

function evidence(boot: number, on: Settled): ReturnType<typeof quote>[] {
  const first = on.readings[0];
  const held = `boot ${boot + 1}: ${on.reading.words}, ${on.readings.length} samples over ${on.seconds.toFixed(1)} s`;
  return first === undefined ? [] : [quote(first.n, 'guest agent', held)];
}
