import { expect, test } from 'vitest';
import type { Observation } from '../trace/event.ts';
import { header, Script, verdictOf } from './fixtures/traces.ts';
import { isOver, start, step } from './judge.ts';

const RESET: Observation = { ch: 'qmp', kind: 'event', event: 'RESET', data: { guest: true } };

function begun(): Script {
  return new Script()
    .add({ ch: 'note', kind: 'boot.begin', boot: 0, asked: 'start' })
    .add({ ch: 'exec', kind: 'spawn', program: 'qemu', pid: 100, argv: [] })
    .add({ ch: 'qmp', kind: 'greeting', version: '10.0.2' });
}

function overAfter(script: Script, later = 0): string | null {
  const state = script.events.reduce(step, start(header()));
  return isOver(state, (script.events.at(-1)?.t ?? 0) + later);
}

function resets(count: number, apart: number): Script {
  const script = begun();
  for (let i = 0; i < count; i += 1) script.add(RESET, apart);
  return script;
}

test.each([
  [10, 0.05, null],
  [4, 3, null],
  [5, 3, 'the guest resets again and again'],
  [8, 0.5, null],
])('%i resets %d s apart: %s', (count, apart, why) => {
  expect(overAfter(resets(count, apart))).toBe(why);
});

test('resets that nobody could keep singly are a loop at once', () => {
  const script = begun().add({ ch: 'qmp', kind: 'repeated', event: 'RESET', count: 3000, seconds: 1 });
  expect(overAfter(script)).toBe('the guest resets without end');
  expect(verdictOf(script.end()).findings[0]?.id).toBe('guest.reset-loop');
});

test('a reset after the agent has answered is the guest’s own restart', () => {
  const result = verdictOf(new Script().boot().healthy(1).add(RESET).end());
  expect(result.verdict).toBe('inconclusive');
  expect(result.findings[0]?.id).toBe('guest.rebooted');
});

test('the reboot that was asked for is none', () => {
  const result = verdictOf(new Script().boot().healthy(4).end().boot('reboot').healthy(4).end(), {
    cell: { boots: ['start', 'reboot'] },
  });
  expect(result.verdict).toBe('pass');
});

test.each([
  ['internal-error', 'vm.internal-error', 'inconclusive'],
  ['io-error', 'vm.io-error', 'error'],
  ['watchdog', 'guest.watchdog', 'inconclusive'],
  ['paused', 'vm.paused', 'error'],
])('STOP and query-status %s: %s, %s', (word, id, verdict) => {
  const script = begun()
    .add({ ch: 'qmp', kind: 'event', event: 'STOP', data: null })
    .add({ ch: 'qmp', kind: 'reply', command: 'query-status', data: { status: word } });
  expect(overAfter(script)).not.toBeNull();
  const result = verdictOf(script.end());
  expect(result).toMatchObject({ verdict });
  expect(result.findings[0]?.id).toBe(id);
});

const silent: Observation = { ch: 'agent', kind: 'silent', command: 'guest-sync-delimited', waited: 30 };

test.each([
  [{ status: 'running' }, 'query-status', 'guest.never-answered'],
  [{ status: 'prelaunch' }, 'query-status', 'guest.down'],
  [{ status: 'guest-panicked' }, 'query-status', 'guest.never-answered'],
  [{ status: 'a word that QEMU does not have' }, 'query-status', 'guest.never-answered'],
  [{ 'report-age': 3 }, 'qom-get', 'guest.never-answered'],
  [{ 'report-age': 25 }, 'qom-get', 'guest.down'],
  [{ 'report-age': -1 }, 'qom-get', 'guest.never-answered'],
  [{ label: 'agent', 'frontend-open': false }, 'query-chardev', 'guest.never-answered'],
])('"down" takes two: the silent agent, and %j', (data, command, id) => {
  const script = begun().add({ ch: 'qmp', kind: 'reply', command, data }, 30).add(silent);
  const result = verdictOf(script.end());
  expect(result.verdict).toBe('inconclusive');
  expect(result.findings[0]?.id).toBe(id);
});

test('what an instrument said before the silence began does not agree with it', () => {
  const script = begun()
    .add({ ch: 'qmp', kind: 'reply', command: 'query-status', data: { status: 'prelaunch' } })
    .add(silent, 40);
  expect(verdictOf(script.end()).findings[0]?.id).toBe('guest.never-answered');
});

test('a QEMU that does not answer is the lab’s, whatever the guest does', () => {
  const script = new Script().boot().healthy(1);
  script.add({ ch: 'qmp', kind: 'silent', command: 'query-status', waited: 10 });
  const result = verdictOf(script.end());
  expect(result.verdict).toBe('error');
  expect(result.findings[0]?.id).toBe('vm.hangs');
});
