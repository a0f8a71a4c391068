import { header, Script } from '../judge/fixtures/traces.ts';
import { start, step, verdict } from '../judge/judge.ts';
import type { TraceEvent } from '../trace/event.ts';
import { median, type Bench } from './measure.ts';

const EVENTS = 200_000;
const ROUNDS = 5;

/** How many events a second the judge folds: a long run, mostly console and monitor, with its samples. */
export const judging: Bench = {
  name: 'judge',
  run: () => {
    const events = longRun();
    const context = header();
    verdict(events.reduce(step, start(context)), null);
    const rates = Array.from({ length: ROUNDS }, () => {
      const began = performance.now();
      verdict(events.reduce(step, start(context)), null);
      return events.length / ((performance.now() - began) / 1000);
    });
    const bound = { atLeast: 200_000 };
    return Promise.resolve([{ what: 'events judged', value: median(rates), unit: 'events/s', bound }]);
  },
};

function longRun(): readonly TraceEvent[] {
  const script = new Script().boot().healthy(300);
  for (let n = script.events.length; n < EVENTS; n += 1) {
    if (n % 10 === 0)
      script.add({ ch: 'qmp', kind: 'event', event: 'RTC_CHANGE', data: { offset: n } }, 0.001);
    else if (n % 3 === 0) script.add({ ch: 'kernel', line: `vfio-pci 0000:00:02.0: reset done ${n}` }, 0.001);
    else script.add({ ch: 'serial', line: `[ ${n}.000000] a line of the guest's console` }, 0.001);
  }
  return script.end().events;
}
