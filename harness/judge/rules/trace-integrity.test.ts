import { expect, test } from 'vitest';
import type { Observation, TraceEvent } from '../../trace/event.ts';
import type { Trace } from '../../trace/read.ts';
import { CHANNEL_BYTES, CHANNEL_CAPS, LINE_CAP } from '../../trace/caps.ts';
import { header, Script, traceOf } from '../fixtures/traces.ts';
import { judge } from '../judge.ts';

const pass = traceOf(new Script().boot().healthy(4).end().boot('reset').healthy(4).end(), {
  cell: { boots: ['start', 'reset'] },
});

type Change = (events: readonly TraceEvent[]) => readonly TraceEvent[];

function changed(change: Change, { resealed } = { resealed: false }): Trace {
  const events = change(pass.events).map((event, index) => (resealed ? { ...event, n: index + 1 } : event));
  if (!resealed || pass.header.events === null) return { ...pass, events };
  return {
    ...pass,
    header: { ...pass.header, events: { ...pass.header.events, count: events.length } },
    events,
  };
}

const at = (kind: string, nth = 0): number => {
  const places = pass.events.flatMap((event, index) =>
    'kind' in event && event.kind === kind ? [index] : [],
  );
  return places[nth] ?? -1;
};
const drop =
  (index: number): Change =>
  (events) =>
    events.toSpliced(index, 1);
const swap =
  (a: number, b: number): Change =>
  (events) => {
    const [one, other] = [events[a], events[b]];
    return one === undefined || other === undefined ? events : events.with(a, other).with(b, one);
  };

test('the untouched trace passes and has no flaw', () => {
  expect(judge(pass)).toMatchObject({ verdict: 'pass', findings: [] });
});

test.each<[string, string, Change]>([
  ['lost an event', 'trace.incomplete', drop(3)],
  ['lost its last event', 'trace.incomplete', drop(pass.events.length - 1)],
  ['has an event twice', 'trace.disordered', (events) => events.toSpliced(4, 0, ...events.slice(3, 4))],
  ['has two events the wrong way round', 'trace.disordered', swap(at('probe'), at('probe', 1))],
])('a trace that %s does not pass', (_, id, change) => {
  expectFlaw(changed(change), id);
});

/** Numbered again, and with a count that fits. */
test.each<[string, string, Change]>([
  ['runs back in time', 'trace.disordered', swap(at('up'), at('reply'))],
  ['does not say how it ended', 'trace.incomplete', drop(pass.events.length - 1)],
  ['has a boot without an end', 'trace.disordered', drop(at('boot.end'))],
  ['has a last boot without an end', 'trace.incomplete', drop(at('boot.end', 1))],
  ['has answers outside of any boot', 'trace.disordered', drop(at('boot.begin', 1))],
  [
    'has an answer twice',
    'trace.disordered',
    (events) => events.toSpliced(at('probe') + 1, 0, ...events.slice(at('probe'), at('probe') + 1)),
  ],
  [
    'has a boot twice',
    'trace.disordered',
    (events) => events.toSpliced(at('boot.end') + 1, 0, ...events.slice(0, at('boot.end') + 1)),
  ],
  [
    'has a boot of a kind that the cell did not ask for',
    'trace.disordered',
    (events) =>
      events.map((event, index) =>
        index === at('boot.begin', 1) && event.ch === 'note' && event.kind === 'boot.begin'
          ? { ...event, asked: 'reboot' }
          : event,
      ),
  ],
  ['goes on after its end', 'trace.disordered', (events) => [...events, ...events.slice(-1)]],
  [
    'has a sample before it was due',
    'trace.disordered',
    (events) => events.map((event) => ({ ...event, t: event.t * 0.7 })),
  ],
  [
    'has a sample that was asked for before the one before it came',
    'trace.disordered',
    (events) => events.map((event, index) => (index === at('probe', 2) ? { ...event, took: 1.2 } : event)),
  ],
])('a trace that %s does not pass, though its numbers fit', (_, id, change) => {
  expectFlaw(changed(change, { resealed: true }), id);
});

test('answers of one boot whose order the guest’s clock contradicts', () => {
  const [one, other] = [pass.events[at('probe')], pass.events[at('probe', 1)]];
  if (one === undefined || other === undefined) throw new Error('no samples');
  const exchanged = pass.events
    .with(at('probe'), { ...other, n: one.n, t: one.t })
    .with(at('probe', 1), { ...one, n: other.n, t: other.t });
  expectFlaw({ ...pass, events: exchanged }, 'trace.disordered');
});

test('a full channel forbids a pass, even if the note of what was dropped is gone', () => {
  const script = new Script().boot();
  for (let n = 0; n < CHANNEL_CAPS.exec; n += 1)
    script.add({ ch: 'exec', kind: 'stderr', program: 'qemu', line: 'again' }, 0.001);
  expectFlaw(traceOf(script.healthy(4).end()), 'trace.incomplete');
});

test('so does one that is full by its bytes', () => {
  const line = 'x'.repeat(LINE_CAP);
  const filled = (lines: number): Script => {
    const script = new Script().boot();
    for (let n = 0; n < lines; n += 1)
      script.add({ ch: 'exec', kind: 'stderr', program: 'qemu', line }, 0.001);
    return script.healthy(4).end();
  };
  const most = Math.floor(CHANNEL_BYTES.exec / (LINE_CAP + 200));
  expect(judge(traceOf(filled(most))).verdict).toBe('pass');
  expectFlaw(traceOf(filled(Math.ceil(CHANNEL_BYTES.exec / LINE_CAP))), 'trace.incomplete');
});

test('a control stands after all boots, for one of them, and has its own end', () => {
  const wrong = (...observations: Observation[]): Trace => {
    const script = new Script().boot().healthy(4).end();
    for (const observation of observations) script.add(observation);
    return traceOf(script);
  };
  const begin = { ch: 'note', kind: 'control.begin', of: 0 } as const;
  const end = { ch: 'note', kind: 'control.end', of: 0, why: 'decided' } as const;
  expect(judge(wrong(begin, end)).verdict).toBe('pass');
  expectFlaw(wrong(begin), 'trace.incomplete');
  expectFlaw(wrong(end), 'trace.disordered');
  expectFlaw(wrong(begin, begin, end), 'trace.disordered');
  expectFlaw(wrong({ ...begin, of: 1 }, { ...end, of: 1 }), 'trace.disordered');
});

test('nothing is called a cause in a trace with a flaw', () => {
  const rom = { ref: 'none', sha256: null, facts: null };
  const whole = traceOf(new Script().boot().code(43, 4).end(), { rom });
  expect(judge(whole).findings[0]).toMatchObject({ id: 'rom.missing', severity: 'cause' });
  const { findings, verdict } = judge({ ...whole, events: whole.events.toSpliced(2, 1) });
  expect(verdict).toBe('fail');
  expect(findings.map(({ id }) => id)).toEqual(expect.arrayContaining(['rom.missing', 'trace.incomplete']));
  expect(findings.filter(({ severity }) => severity === 'cause')).toEqual([]);
});

test('of a run that still goes on, nothing is missed', () => {
  const open = { ...pass, header: header({ events: null, cell: { boots: ['start', 'reset'] } }) };
  const { findings } = judge({ ...open, events: pass.events.slice(0, 9) });
  expect(findings.map(({ id }) => id)).not.toContain('trace.incomplete');
});

function expectFlaw(trace: Trace, id: string): void {
  const { verdict, findings, boots } = judge(trace);
  expect(verdict).not.toBe('pass');
  expect(boots.map((boot) => boot.verdict)).not.toContain('pass');
  expect(findings.map((found) => found.id)).toContain(id);
}
