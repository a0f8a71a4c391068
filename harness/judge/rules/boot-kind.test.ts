import { expect, test } from 'vitest';
import { FRESH, header, PASSED, Script, traceOf, verdictOf } from '../fixtures/traces.ts';
import { judge, start, step, whatNext } from '../judge.ts';

const START_AND_RESET = { cell: { boots: ['start', 'reset'] } } satisfies Parameters<typeof traceOf>[1];

test('a guest whose uptime goes on from the boot before did not restart', () => {
  const script = new Script().boot().healthy(4).end().sameGuest('reset').healthy(4).end();
  const result = verdictOf(script, START_AND_RESET);
  expect(result).toMatchObject({
    verdict: 'inconclusive',
    boots: [{ verdict: 'pass' }, { verdict: 'inconclusive' }],
  });
  expect(result.findings[0]).toMatchObject({ id: 'boot.same-guest', boot: 1 });
});

test('nor does a new boot time make a new boot of it, while the uptime goes on', () => {
  const { header: context, events } = traceOf(
    new Script().boot().healthy(4).end().sameGuest('reset').healthy(4).end(),
    START_AND_RESET,
  );
  const second = events.findLastIndex((event) => event.ch === 'note' && event.kind === 'boot.begin');
  const shifted = events.map((event, index) =>
    index > second && event.ch === 'agent' && event.kind === 'probe'
      ? { ...event, out: event.out.replace('"boot":"2026-01-02T03:', '"boot":"2026-01-02T09:') }
      : event,
  );
  expect(judge({ header: context, events: shifted, digest: null }).findings.map(({ id }) => id)).toContain(
    'boot.same-guest',
  );
});

test.each([
  [{ guest: false, reason: 'host-qmp-system-reset' }, 'reset'],
  [{ guest: true, reason: 'guest-reset' }, 'reboot'],
  [{ guest: false, reason: 'guest-reset' }, null],
  [{ guest: true, reason: 'host-qmp-system-reset' }, null],
  [{ guest: false }, null],
  [null, null],
])('a RESET that says %j is seen as %s', (data, observed) => {
  const script = new Script().boot().healthy(4).end();
  script.add({ ch: 'note', kind: 'boot.begin', boot: 1, asked: 'reset' });
  script.add({ ch: 'qmp', kind: 'event', event: 'RESET', data });
  expect(verdictOf(script, START_AND_RESET).boots[1]).toMatchObject({ observed });
});

test.each([
  ['no VM had had the device since the host was booted', new Script().boot('cold'), 'cold', 'pass'],
  ['nobody knows whether one had', new Script().boot('cold', 'start'), 'start', 'inconclusive'],
] as const)('a boot that was to be cold: %s', (_, script, observed, verdict) => {
  const result = verdictOf(script.healthy(4).end(), { cell: { boots: ['cold'] } });
  expect(result).toMatchObject({ verdict, boots: [{ asked: 'cold', observed }] });
});

test('only the first start after the host’s boot is cold', () => {
  const again = new Script().boot('cold').healthy(4).end();
  again
    .add({ ch: 'note', kind: 'boot.begin', boot: 1, asked: 'cold' })
    .add({ ch: 'exec', kind: 'exit', program: 'kvm', pid: 100, code: null, signal: null })
    .add({ ...FRESH, fresh: undefined })
    .add({ ch: 'exec', kind: 'spawn', program: 'kvm', pid: 101, argv: [...PASSED] });
  const result = verdictOf(again, { cell: { boots: ['cold', 'cold'] } });
  expect(result.boots.map(({ observed }) => observed)).toEqual(['cold', 'start']);
});

test('a start that was asked for is a start, however fresh the device is', () => {
  const asked = new Script().add(FRESH).boot().healthy(4).end();
  expect(verdictOf(asked)).toMatchObject({ verdict: 'pass', boots: [{ observed: 'start' }] });
});

/** Two boots of one run; before the second QEMU its host was restarted, which took so many seconds. */
function restartedBetween(seconds: number): Script {
  return new Script()
    .boot()
    .healthy(4)
    .end()
    .add({ ch: 'note', kind: 'boot.begin', boot: 1, asked: 'cold' })
    .add({ ch: 'exec', kind: 'exit', program: 'qemu', pid: 100, code: null, signal: null })
    .add({ ch: 'note', kind: 'host.restart', from: 'a', to: 'b', seconds, why: 'all is well' }, seconds);
}

test('a device that a VM had is cold again once its host was told to restart, and that is no crash', () => {
  const script = restartedBetween(500)
    .add(FRESH)
    // A host that was restarted may give the same number again.
    .add({ ch: 'exec', kind: 'spawn', program: 'qemu', pid: 100, argv: [...PASSED] })
    .add({ ch: 'qmp', kind: 'greeting', version: '10.0.2' })
    .add({ ch: 'agent', kind: 'up' }, 20)
    .add({ ch: 'agent', kind: 'reply', command: 'guest-get-osinfo', data: { id: 'mswindows' } });
  const { boots, findings } = verdictOf(script, { cell: { boots: ['start', 'cold'] } });
  expect(boots.map(({ observed }) => observed)).toEqual(['start', 'cold']);
  expect(findings.map(({ id }) => id)).not.toContain('host.crash');
});

test('a guest has its whole time to answer, however long its host took to restart', () => {
  const { events } = restartedBetween(500);
  const state = events.reduce(step, start(header()));
  const now = events.at(-1)?.t ?? 0;
  expect(whatNext(state, now)).toMatchObject({ do: 'reach-agent', until: now + 60 });
});
