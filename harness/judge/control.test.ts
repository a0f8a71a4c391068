import { expect, test } from 'vitest';
import { header, Script, verdictOf } from './fixtures/traces.ts';
import { controlOf, judge, start, step } from './judge.ts';

const PANIC = { ch: 'serial', line: '[    1.7] Kernel panic - not syncing: sysrq triggered crash' } as const;
const PANIC_END = { ch: 'serial', line: '---[ end Kernel panic - not syncing: sysrq ]---' } as const;

/** A boot whose guest panics before its agent answers. */
function panic(): Script {
  return begun().add(PANIC).add(PANIC_END).end('the guest panicked');
}

function begun(): Script {
  return new Script()
    .add({ ch: 'note', kind: 'boot.begin', boot: 0, asked: 'start' })
    .add({ ch: 'exec', kind: 'spawn', program: 'qemu', pid: 100, argv: [] })
    .add({ ch: 'qmp', kind: 'greeting', version: '10.0.2' });
}

/** The control of boot 0 begins: the process before ends, another one starts. */
function control(script: Script): Script {
  return script
    .add({ ch: 'note', kind: 'control.begin', of: 0 })
    .add({ ch: 'qmp', kind: 'event', event: 'RESET', data: { guest: true } })
    .add({ ch: 'exec', kind: 'exit', program: 'qemu', pid: 100, code: 0, signal: null })
    .add({ ch: 'exec', kind: 'spawn', program: 'qemu', pid: 101, argv: [] })
    .add({ ch: 'qmp', kind: 'greeting', version: '10.0.2' });
}

const ended = { ch: 'note', kind: 'control.end', of: 0, why: 'decided' } as const;

function wanted(script: Script): unknown {
  return controlOf(script.events.reduce(step, start(header())));
}

test('without a control, a guest that panics says nothing of the device', () => {
  const result = verdictOf(panic());
  expect(result.verdict).toBe('inconclusive');
  expect(result.findings[0]?.collect).toContain('a boot of the same guest without the device');
  expect(wanted(panic())).toEqual({ of: 0, why: 'the guest panicked' });
});

test('the same guest that comes up without the device makes it a fail, with both as evidence', () => {
  const script = control(panic()).add({ ch: 'agent', kind: 'up' }, 10).samples(4, []).add(ended);
  const result = verdictOf(script);
  expect(result).toMatchObject({ verdict: 'fail', boots: [{ verdict: 'fail' }] });
  expect(result.findings[0]).toMatchObject({ id: 'guest.panicked', severity: 'cause' });
  expect(result.findings[0]?.evidence).toHaveLength(3);
});

test('a control that panics as well blames the guest, not the device', () => {
  const script = control(panic()).add(PANIC).add(PANIC_END);
  const result = verdictOf(script.add(ended));
  expect(result.verdict).toBe('inconclusive');
  expect(result.findings[0]?.detail).toContain('without the device as well');
});

test.each([
  ['still shows the device', (script: Script) => script.add({ ch: 'agent', kind: 'up' }).healthy(4)],
  ['never settled', (script: Script) => script.add({ ch: 'agent', kind: 'up' }).samples(1, [])],
  ['was never started', (script: Script) => script],
])('a control that %s decides nothing', (_, happens) => {
  const result = verdictOf(happens(control(panic())).add(ended));
  expect(result.verdict).toBe('inconclusive');
  expect(result.findings[0]?.detail).toContain('decides nothing');
});

test('what a control shows of the device is no result: it has none', () => {
  const result = verdictOf(control(panic()).add({ ch: 'agent', kind: 'up' }).samples(4, []).add(ended));
  expect(result.boots).toHaveLength(1);
  expect(result.checks).toMatchObject({ deviceSeen: 'unobserved', guestUp: 'no' });
});

test('one control a run, and none where a boot was decided, skipped or the lab’s', () => {
  expect(wanted(control(panic()).add(ended))).toBeNull();
  expect(wanted(new Script().boot().healthy(4).end())).toBeNull();
  const gone = begun().add({ ch: 'exec', kind: 'exit', program: 'qemu', pid: 100, code: 1, signal: null });
  expect(wanted(gone.end())).toBeNull();
  expect(wanted(new Script().boot('reset').add({ ch: 'agent', kind: 'silent', command: 'x', waited: 1 }).end())).toBeNull(); // prettier-ignore
});

const waitedFor = (command: string, waited: number) =>
  ({ ch: 'agent', kind: 'silent', command, waited }) as const;
const stillRunning = { ch: 'agent', kind: 'running', command: 'powershell.exe', waited: 20 } as const;

test.each([
  ['long enough', waitedFor('guest-exec-status', 3), 3.1, 'the guest agent went silent'],
  ['for a second, when no time was left', waitedFor('guest-exec-status', 1), 3.1, null],
  ['longer than since the last answer', waitedFor('guest-exec-status', 20), 3.1, null],
])('a silence that was waited for %s', (_, silence, after, why) => {
  const script = new Script().boot().healthy(1).add(silence, after).end();
  expect(wanted(script)).toEqual(why === null ? null : { of: 0, why });
});

test.each([
  ['within its time', 20.1, 'nothing told of the device'],
  ['for longer than the agent was up', 5, null],
])('a probe that runs %s', (_, after, why) => {
  const script = new Script().boot().add(stillRunning, after).end();
  expect(wanted(script)).toEqual(why === null ? null : { of: 0, why });
});

test('an agent that was never up was asked nothing, so what it says to a question decides nothing', () => {
  expect(wanted(begun().add(stillRunning, 30).end())).toBeNull();
  const refusal = { ch: 'agent', kind: 'refused', command: 'guest-get-osinfo', error: 'no' } as const;
  expect(wanted(begun().add(refusal, 30).end())).toBeNull();
});

test('an agent whose answers are there has answered, even where it is not told that it came up', () => {
  const whole = new Script().boot().healthy(2).add(waitedFor('guest-exec-status', 5), 5.1).end();
  const events = whole.events.filter((event) => event.ch !== 'agent' || event.kind !== 'up');
  const [first] = judge({ header: header(), events, digest: '' }).findings.filter(({ id }) =>
    id.startsWith('guest.'),
  );
  expect(first?.id).toBe('guest.went-silent');
});

test('what ended a boot is its one reason: a refusal names no probe that had been running before', () => {
  const refusal = {
    ch: 'agent',
    kind: 'refused',
    command: 'guest-exec',
    error: 'has been disabled',
  } as const;
  const script = new Script().boot().add(stillRunning, 20.1).add(refusal).end();
  const result = verdictOf(control(script).add({ ch: 'agent', kind: 'up' }, 10).samples(4, []).add(ended));
  const causes = result.findings.filter(({ severity }) => severity === 'cause');
  expect(causes.map(({ id }) => id)).toEqual(['agent.disabled']);
});
