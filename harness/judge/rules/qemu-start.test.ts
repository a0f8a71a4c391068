import { expect, test } from 'vitest';
import { Script, traceOf, verdictOf } from '../fixtures/traces.ts';
import { judge } from '../judge.ts';

/** What QEMU 7.2 printed when each was provoked. */
test.each([
  [
    'rom.file-not-found',
    'fail',
    '-device bochs-display,romfile=/nope/x.rom: failed to find romfile "/nope/x.rom"',
  ],
  ['rom.file-empty', 'fail', '-device bochs-display,romfile=e.rom: romfile "e.rom" is empty'],
  ['rom.file-too-large', 'fail', 'romfile "z.rom" (4096 bytes) is too large for ROM size 1024'],
  ['config.unknown-property', 'fail', "Property 'bochs-display.x-nonsense' not found"],
  ['config.unknown-device', 'fail', 'there is no device "hostpci9" defined'],
  ['config.unknown-bus', 'fail', "-device bochs-display,bus=nobus: Bus 'nobus' not found"],
  ['config.unknown-cpu', 'fail', "unable to find CPU model 'nosuch'"],
  ['config.unknown-machine', 'fail', 'unsupported machine type'],
  [
    'config.slot-busy',
    'fail',
    'PCI: slot 2 function 0 not available for bochs-display, in use by bochs-display,id=(null)',
  ],
  ['host.memory', 'error', "cannot set up guest memory 'pc.ram': Cannot allocate memory"],
  ['host.kvm', 'error', "../../target/i386/kvm/kvm.c:3183: kvm_buf_set_msrs: Assertion `ret == n' failed."],
])('%s is a %s by what QEMU printed', (id, verdict, line) => {
  const script = new Script()
    .add({ ch: 'note', kind: 'boot.begin', boot: 0, asked: 'start' })
    .add({ ch: 'exec', kind: 'spawn', program: 'qemu-system-x86_64', pid: 7, argv: [] })
    .add({ ch: 'exec', kind: 'stderr', program: 'qemu-system-x86_64', line: `qemu-system-x86_64: ${line}` })
    .add({ ch: 'exec', kind: 'exit', program: 'qemu-system-x86_64', pid: 7, code: 1, signal: null })
    .end('QEMU is gone');
  const result = verdictOf(script);
  expect(result.verdict).toBe(verdict);
  expect(result.findings[0]?.id).toBe(id);
});

const LEGACY = 'IGD device 0000:00:02.0 cannot support legacy mode due to existing devices at address 1f.0';

const ended = (code: number): ReturnType<typeof verdictOf> =>
  verdictOf(
    new Script()
      .add({ ch: 'note', kind: 'boot.begin', boot: 0, asked: 'start' })
      .add({ ch: 'exec', kind: 'spawn', program: 'qemu', pid: 7, argv: [] })
      .add({ ch: 'exec', kind: 'stderr', program: 'qemu', line: LEGACY })
      .add({ ch: 'exec', kind: 'exit', program: 'qemu', pid: 7, code, signal: null })
      .end('QEMU is gone'),
  );

test('a missing greeting alone is no refusal: a QEMU that ended well was told to end', () => {
  expect(ended(1).findings[0]).toMatchObject({ id: 'config.legacy-illegal', severity: 'cause' });
  expect(ended(0)).toMatchObject({ verdict: 'error' });
  expect(ended(0).findings.map(({ id }) => id)).toEqual(['vm.exited']);
});

test('a QEMU whose guest answered did not refuse to start, whatever else is missing', () => {
  const { header, events } = traceOf(new Script().boot().healthy(2));
  const left = events.filter(
    (event) => event.ch !== 'qmp' && !(event.ch === 'note' && event.kind === 'run.end'),
  );
  const exit = { ch: 'exec', kind: 'exit', program: 'qemu', pid: 100, code: 1, signal: null } as const;
  const { findings } = judge({ header, events: [...left, { n: 99, t: 99, ...exit }], digest: null });
  expect(findings.map(({ id }) => id)).not.toContain('vm.refused');
});

test('a reason that nobody knows is no cause', () => {
  const script = new Script()
    .add({ ch: 'note', kind: 'boot.begin', boot: 0, asked: 'start' })
    .add({ ch: 'exec', kind: 'spawn', program: 'qemu', pid: 7, argv: [] })
    .add({ ch: 'exec', kind: 'exit', program: 'qemu', pid: 7, code: 1, signal: null })
    .end('QEMU is gone');
  expect(verdictOf(script).findings[0]).toMatchObject({ id: 'vm.refused', severity: 'warning' });
});
