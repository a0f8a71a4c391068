import { expect, test } from 'vitest';
import { Script, verdictOf } from '../fixtures/traces.ts';

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
