import fc from 'fast-check';
import { expect, test } from 'vitest';
import { adapter, answer, framed, problem } from '../guest/answers/fixtures/windows-answer.ts';
import { header, Script, verdictOf } from './fixtures/traces.ts';
import { start, step, verdict, whatNext } from './judge.ts';

test('a device that stays healthy for the whole window passes, live', () => {
  const result = verdictOf(new Script().boot().healthy(4).end());
  expect(result).toMatchObject({ verdict: 'pass', evidenceClass: 'live', by: 'observation' });
  expect(result.checks).toMatchObject({
    vmStarts: 'yes',
    driverStarted: 'yes',
    stable: 'yes',
    picture: 'unobserved',
  });
});

test('one good answer proves nothing', () => {
  const result = verdictOf(new Script().boot().healthy(1).end('stopped'));
  expect(result.verdict).toBe('inconclusive');
  expect(result.findings[0]?.id).toBe('device.unsettled');
});

test('code 43 that stays fails', () => {
  const result = verdictOf(new Script().boot().code(43, 4).end());
  expect(result.verdict).toBe('fail');
  expect(result.findings[0]).toMatchObject({ id: 'device.code-43', boot: 0 });
});

test('code 43 that comes late fails, though the first answers were good', () => {
  const result = verdictOf(new Script().boot().healthy(2).code(43, 4).end());
  expect(result.verdict).toBe('fail');
});

test('code 43 that clears passes, and is not forgotten', () => {
  const result = verdictOf(new Script().boot().code(43, 1).healthy(4).end());
  expect(result.verdict).toBe('pass');
  expect(result.findings.map(({ id }) => id)).toContain('device.recovered');
});

test('a device that flaps to the end is inconclusive', () => {
  const script = new Script().boot();
  for (let i = 0; i < 5; i += 1) script.code(43, 1).healthy(1);
  const result = verdictOf(script.end('nothing settled'));
  expect(result.findings[0]?.id).toBe('device.flapping');
  expect(result.verdict).toBe('inconclusive');
});

test.each([
  [
    'the Basic Display driver',
    { Service: 'BasicDisplay', DriverProvider: 'Microsoft', DriverInfPath: 'display.inf' },
    'driver.fallback',
  ],
  ["another vendor's driver", { DriverProvider: 'Somebody' }, 'driver.wrong'],
])('code 0 with %s is no pass', (_, properties, id) => {
  const result = verdictOf(
    new Script()
      .boot()
      .samples(4, [adapter(properties)])
      .end(),
  );
  expect(result).toMatchObject({ verdict: 'fail', checks: { driverStarted: 'no' } });
  expect(result.findings[0]?.id).toBe(id);
});

test.each([
  ['i915', 'pass'],
  [null, 'fail'],
])('a Linux guest has no problem codes: with driver %s it is a %s', (driver, expected) => {
  const os = (up: number): object => ({ boot: 'b1', up, kernel: '6.12', name: 'Linux' });
  const gpu = [{ address: '0000:00:02.0', id: '8086:46d1', driver }];
  const script = new Script().boot();
  for (let up = 10; up < 14; up += 1) {
    const nonce = script.nextNonce();
    script.probe(framed({ schema: 1, nonce, os: os(up), pciCount: 6, gpu, err: [] }), 1, nonce);
  }
  const linux = { guest: { probe: 'linux' }, host: { igpu: { driver: { service: 'i915' } } } } as const;
  expect(verdictOf(script.end(), linux).verdict).toBe(expected);
});

test('a device at another address is not the device under test', () => {
  const elsewhere = adapter({ LocationPaths: ['PCIROOT(0)#PCI(1000)'], BusNumber: 0, Address: 0x100000 });
  const result = verdictOf(new Script().boot().samples(4, [elsewhere]).end());
  expect(result).toMatchObject({ verdict: 'fail', checks: { deviceSeen: 'no' } });
  expect(result.findings[0]?.id).toBe('device.absent');
});

test('no PCI device at all means a broken instrument, not a missing device', () => {
  const result = verdictOf(new Script().boot().samples(4, [], { pciCount: 0 }).end());
  expect(result.verdict).toBe('inconclusive');
  expect(result.findings[0]?.id).toBe('probe.unreliable');
});

test('two readings of the problem code that disagree are not believed', () => {
  const torn = problem(43, { ProblemCode: 0 });
  expect(verdictOf(new Script().boot().samples(4, [torn]).end()).verdict).toBe('inconclusive');
});

test('a guest that is still being set up is not judged', () => {
  const setup = { inSetup: 1, oobe: 1, image: 'IMAGE_STATE_SPECIALIZE_RESEAL_TO_OOBE', busy: [] };
  const result = verdictOf(
    new Script()
      .boot()
      .samples(4, [problem(43)], { setup })
      .end(),
  );
  expect(result.findings[0]?.id).toBe('guest.not-ready');
  expect(result.verdict).toBe('inconclusive');
});

test('an answer to another question is refused and named', () => {
  const script = new Script().boot();
  for (let i = 0; i < 5; i += 1) script.probe(framed(answer({ nonce: 'another543210' })));
  const result = verdictOf(script.end('no answer'));
  expect(result.verdict).toBe('inconclusive');
  expect(result.findings.map(({ id }) => id)).toContain('probe.stale');
});

test('every boot counts: a reset that brings code 43 back fails the run', () => {
  const script = new Script().boot().healthy(4).end().boot('reset').code(43, 4).end();
  const result = verdictOf(script, { cell: { boots: ['start', 'reset'] } });
  expect(result.boots.map((boot) => boot.verdict)).toEqual(['pass', 'fail']);
  expect(result).toMatchObject({ verdict: 'fail', checks: { reset: 'no' } });
});

test('a boot that was asked for and never begun forbids a pass', () => {
  const result = verdictOf(new Script().boot().healthy(4).end(), { cell: { boots: ['start', 'reset'] } });
  expect(result.verdict).toBe('inconclusive');
});

test('a boot of another kind than the one asked for does not count', () => {
  const script = new Script().boot().healthy(4).end().boot('reset', 'reboot').healthy(4).end();
  const result = verdictOf(script, { cell: { boots: ['start', 'reset'] } });
  expect(result.findings.map(({ id }) => id)).toContain('boot.not-observed');
  expect(result.verdict).toBe('inconclusive');
});

test('QEMU that refuses the config is a fail that quotes it', () => {
  const script = refused(
    'qemu-system-x86_64: -device vfio-pci: failed to find romfile "/usr/share/kvm/x.rom"',
  );
  const result = verdictOf(script);
  expect(result).toMatchObject({ verdict: 'fail', checks: { vmStarts: 'no' } });
  expect(result.findings[0]?.id).toBe('rom.file-not-found');
  expect(result.findings[0]?.evidence[0]?.text).toContain('failed to find romfile');
});

test('a host that does not hand over the device is an error of the lab', () => {
  expect(verdictOf(refused('vfio 0000:00:02.0: group 0 is not viable')).verdict).toBe('error');
});

test('a refusal nobody knows is unknown, with what to collect', () => {
  const result = verdictOf(refused('something new'));
  expect(result.verdict).toBe('inconclusive');
  expect(result.findings[0]?.id).toBe('vm.refused');
  expect(result.findings[0]?.collect).toContain("QEMU's whole output");
});

test('silence is not a fail', () => {
  const script = new Script().boot().healthy(1);
  for (let i = 0; i < 5; i += 1)
    script.add({ ch: 'agent', kind: 'silent', command: 'guest-exec', waited: 5 });
  const result = verdictOf(script.end('silent'));
  expect(result.verdict).toBe('inconclusive');
  expect(result.findings.map(({ id }) => id)).toContain('guest.went-silent');
});

test('what ends because the user stopped the run is held against nobody', () => {
  const script = new Script().boot().healthy(1);
  script.add({ ch: 'note', kind: 'stopped', why: 'stopped by the user' });
  script.add({ ch: 'exec', kind: 'exit', program: 'qemu', pid: 100, code: null, signal: 'SIGTERM' });
  const result = verdictOf(script);
  expect(result.verdict).toBe('inconclusive');
  expect(result.findings.map(({ id }) => id)).toEqual(['run.stopped']);
});

test('what the host could not honour is named once, and does not decide', () => {
  const script = new Script().add({ ch: 'note', kind: 'not-honoured', what: ['bios', 'numa'] });
  const result = verdictOf(script.boot().healthy(4).end());
  expect(result.verdict).toBe('pass');
  expect(result.findings).toMatchObject([{ id: 'config.not-honoured', severity: 'warning' }]);
});

test('QEMU that is gone in the middle is an error', () => {
  const script = new Script().boot().healthy(1);
  script.add({ ch: 'exec', kind: 'exit', program: 'qemu', pid: 100, code: null, signal: 'SIGKILL' });
  expect(verdictOf(script.end('gone')).verdict).toBe('error');
});

test('the process of the boot before, ending late, does not end this one', () => {
  const script = new Script().boot().healthy(4).end();
  script.add({ ch: 'note', kind: 'boot.begin', boot: 1, asked: 'start' });
  script.add({ ch: 'exec', kind: 'exit', program: 'qemu', pid: 100, code: 0, signal: null });
  const state = script.events.reduce(step, start(header({ cell: { boots: ['start', 'start'] } })));
  expect(whatNext(state, 30).do).toBe('reach-agent');
});

test('events dropped in a boot forbid its pass', () => {
  const script = new Script().boot();
  script.add({ ch: 'note', kind: 'dropped', of: 'serial', count: 1 });
  expect(verdictOf(script.healthy(4).end()).verdict).not.toBe('pass');
});

test('a run whose harness was killed is an error that keeps what was seen', () => {
  const result = verdictOf(new Script().boot().healthy(4), { events: null });
  expect(result.verdict).toBe('error');
  expect(result.boots[0]?.samples).toHaveLength(4);
});

test.each([
  [{ host: { virtual: true } }, 'simulated'],
  [{ host: { virtual: null } }, 'simulated'],
  [{ host: { passthrough: 'emulated' } }, 'simulated'],
  [{ host: { igpu: { id: '10de:1b80' } } }, 'simulated'],
  [{ origin: 'import' }, 'reported'],
] as const)('evidence is never stronger than what was observed: %j is %s', (changes, expected) => {
  expect(verdictOf(new Script().boot().healthy(4).end(), changes).evidenceClass).toBe(expected);
});

test('with a ROM that is no option ROM, the ROM is the first finding', () => {
  const findings = [
    { id: 'rom.header-signature', severity: 'error' as const, offset: 0, text: 'begins with FA CF' },
  ];
  const result = verdictOf(new Script().boot().code(43, 4).end(), {
    rom: { ref: 'test/bad-header', sha256: null, facts: { size: 512, images: [], findings } },
  });
  expect(result.findings[0]?.id).toBe('rom.invalid');
});

test('with no ROM given, that is the first finding, with a fix to paste', () => {
  const result = verdictOf(new Script().boot().code(43, 4).end(), {
    rom: { ref: 'none', sha256: null, facts: null },
  });
  expect(result.findings[0]).toMatchObject({ id: 'rom.missing', severity: 'cause', confidence: 'likely' });
  expect(result.findings[0]?.fix?.paste?.supported).toContain('romfile=12-n100-q10.rom');
});

test('the kernel’s ROM line is harmless on a system that works', () => {
  const line = 'vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xcffa';
  const result = verdictOf(new Script().boot().add({ ch: 'kernel', line }).healthy(4).end());
  expect(result.verdict).toBe('pass');
  expect(result.findings[0]).toMatchObject({ id: 'rom.header-line', severity: 'harmless' });
});

test('feeding events one by one or all at once gives the same result, and asking in between changes nothing', () => {
  const script = new Script().boot().code(43, 2).healthy(4).end().boot('reset').code(10, 4).end();
  const context = header({ cell: { boots: ['start', 'reset'] } });
  const whole = verdict(script.events.reduce(step, start(context)), null);
  fc.assert(
    fc.property(fc.array(fc.nat(script.events.length), { maxLength: 5 }), (stops) => {
      let state = start(context);
      for (const [index, event] of script.events.entries()) {
        state = step(state, event);
        if (stops.includes(index)) verdict(state, null);
      }
      expect(verdict(state, null)).toEqual(whole);
    }),
  );
});

function refused(line: string): Script {
  return new Script()
    .add({ ch: 'note', kind: 'boot.begin', boot: 0, asked: 'start' })
    .add({ ch: 'exec', kind: 'spawn', program: 'qemu', pid: 7, argv: [] })
    .add({ ch: 'exec', kind: 'stderr', program: 'qemu', line })
    .add({ ch: 'exec', kind: 'exit', program: 'qemu', pid: 7, code: 1, signal: null })
    .end('QEMU is gone');
}
