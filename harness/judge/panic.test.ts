import { expect, test } from 'vitest';
import type { Observation } from '../trace/event.ts';
import { header, Script, verdictOf } from './fixtures/traces.ts';
import { isOver, start, step } from './judge.ts';

const TOLD: Observation = { ch: 'qmp', kind: 'event', event: 'GUEST_PANICKED', data: { action: 'pause' } };
const ENDED: Observation = {
  ch: 'qmp',
  kind: 'event',
  event: 'SHUTDOWN',
  data: { guest: true, reason: 'guest-panic' },
};
const HELD: Observation = {
  ch: 'qmp',
  kind: 'reply',
  command: 'query-status',
  data: { status: 'guest-panicked' },
};
const LINE: Observation = { ch: 'serial', line: '[    1.7] Kernel panic - not syncing: VFS' };
const LAST_LINE: Observation = {
  ch: 'serial',
  line: '[    1.8] ---[ end Kernel panic - not syncing: VFS ]---',
};

function begun(): Script {
  return new Script()
    .add({ ch: 'note', kind: 'boot.begin', boot: 0, asked: 'start' })
    .add({ ch: 'exec', kind: 'spawn', program: 'qemu', pid: 100, argv: [] })
    .add({ ch: 'qmp', kind: 'greeting', version: '10.0.2' });
}

function after(script: Script, seen: readonly Observation[]): Script {
  return seen.reduce((told, one) => told.add(one), script);
}

function overAfter(script: Script, later = 0): string | null {
  const state = script.events.reduce(step, start(header()));
  return isOver(state, (script.events.at(-1)?.t ?? 0) + later);
}

test.each([
  ['QEMU tells and holds the VM', [TOLD, HELD]],
  ['QEMU tells and ends the VM', [TOLD, ENDED]],
  ['the console shows it and QEMU tells', [LINE, TOLD]],
])('%s: that is a panic, at once', (_, seen) => {
  expect(overAfter(after(begun(), seen))).toBe('the guest panicked');
  const result = verdictOf(after(begun(), seen).end());
  expect(result).toMatchObject({ verdict: 'inconclusive', findings: [{ id: 'guest.panicked' }] });
  expect(result.findings[0]?.evidence.map(({ n }) => n)).toEqual(expect.arrayContaining([4, 5]));
});

test('a panic on the console counts a little later, so that QEMU can tell of it, too', () => {
  const script = after(begun(), [LINE, LAST_LINE]);
  expect(overAfter(script)).toBeNull();
  expect(overAfter(script, 3)).toBe('the guest panicked');
});

test.each([
  ['GUEST_PANICKED', TOLD],
  ['SHUTDOWN for a panic', ENDED],
  ['query-status: guest-panicked', HELD],
  ['the first line on the console', LINE],
  ['the last line on the console', LAST_LINE],
])('%s alone is no panic, be it there once or twice', (_, one) => {
  for (const seen of [[one], [one, one]]) {
    expect(overAfter(after(begun(), seen), 9)).not.toBe('the guest panicked');
    const { findings } = verdictOf(after(begun(), seen).end());
    expect(findings.map(({ id }) => id)).not.toContain('guest.panicked');
  }
});

test.each([
  ['that speaks of one', 'a line that says Kernel panic - not syncing'],
  ['after which the console goes on', '[    1.9] systemd[1]: Started'],
])('a console %s shows no panic', (_, line) => {
  expect(overAfter(after(begun(), [LINE, LAST_LINE, { ch: 'serial', line }]), 9)).toBeNull();
});

test('a guest that answers after it has not panicked', () => {
  const script = after(begun(), [TOLD, HELD]).add({ ch: 'qmp', kind: 'event', event: 'RESUME', data: null });
  const answering = script.add({ ch: 'agent', kind: 'up' }).healthy(4).end();
  expect(verdictOf(answering).verdict).toBe('pass');
});

test('what a panic told before the guest came up does not bear out a later word', () => {
  const script = after(begun(), [LINE, { ch: 'agent', kind: 'up' }])
    .healthy(1)
    .add(TOLD);
  expect(overAfter(script, 9)).toBeNull();
});
