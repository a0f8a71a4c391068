import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Observation } from '../../trace/event.ts';
import { alive } from '../../test/alive.ts';
import { needs } from '../../test/tier.ts';
import { CHANNELS } from './running-qemu.ts';
import { QemuVm } from './vm.ts';

const vmTest = needs('setpriv', 'qemu-system-x86_64');
const never = new AbortController().signal;
const PC = ['-nodefaults', '-machine', 'q35', '-accel', 'tcg', '-m', '64', '-display', 'none'];

/** A VM without a guest, and all that was seen of it. */
function vmWith(...more: readonly string[]): { vm: QemuVm; seen: Observation[] } {
  const seen: Observation[] = [];
  const argv = ['qemu-system-x86_64', ...PC, ...CHANNELS, ...more];
  return {
    vm: new QemuVm({ boot: argv, control: argv }, { probe: 'linux', device: '1234:1111' }, (one) =>
      seen.push(one),
    ),
    seen,
  };
}

function kinds(seen: readonly Observation[]): string[] {
  return seen.map((one) => {
    if (one.ch === 'qmp' && one.kind === 'event') return one.event;
    return 'kind' in one ? `${one.ch} ${one.kind}` : one.ch;
  });
}

function pidIn(seen: readonly Observation[]): number {
  const pids = seen.flatMap((one) => (one.ch === 'exec' && one.kind === 'spawn' ? [one.pid] : []));
  return pids.at(-1) ?? 0;
}

vmTest('a start is recorded from the command line to the exit, and nothing outlives the VM', async () => {
  const { vm, seen } = vmWith();
  await vm.boot('start', never);
  // When its firmware speaks is its own affair.
  expect(kinds(seen.filter(({ ch }) => ch !== 'firmware'))).toEqual([
    'exec spawn',
    'qmp greeting',
    'qmp reply',
  ]);
  expect(alive(pidIn(seen))).toBe(true);
  await vm[Symbol.asyncDispose]();
  expect(seen.at(-1)).toMatchObject({ ch: 'exec', kind: 'exit', code: 0, signal: null });
  expect(alive(pidIn(seen))).toBe(false);
});

vmTest('a QEMU that refuses to start is its words and its exit, not an exception', async () => {
  const { vm, seen } = vmWith('-device', 'bochs-display,bus=no-such-bus');
  await vm.boot('start', never);
  expect(kinds(seen)).toEqual(['exec spawn', 'exec stderr', 'exec exit']);
  expect(seen[1]).toMatchObject({ line: expect.stringContaining("Bus 'no-such-bus' not found") as string });
  await vm.reachAgent(60, never);
  await vm.sample('abcdefgh', 60, never);
  expect(seen).toHaveLength(3);
  expect(await vm.cannot('reset')).toContain('not running');
});

vmTest('a reset from outside keeps the process and is seen as a RESET', async () => {
  const { vm, seen } = vmWith();
  await vm.boot('start', never);
  await vm.boot('reset', never);
  await vm[Symbol.asyncDispose]();
  expect(seen.filter((one) => one.ch === 'exec' && one.kind === 'spawn')).toHaveLength(1);
  expect(seen).toContainEqual({ ch: 'qmp', kind: 'event', event: 'RESET', data: { guest: false, reason: 'host-qmp-system-reset' } }); // prettier-ignore
});

vmTest('every start is a process of its own, and the one before has ended by then', async () => {
  const { vm, seen } = vmWith();
  await vm.boot('start', never);
  const first = pidIn(seen);
  await vm.boot('start', never);
  expect(alive(first)).toBe(false);
  expect(pidIn(seen)).not.toBe(first);
  await vm[Symbol.asyncDispose]();
});

vmTest('a guest without an agent is a silence of as long as was asked for', async () => {
  const { vm, seen } = vmWith();
  await vm.boot('start', never);
  await vm.reachAgent(0.3, never);
  expect(seen.at(-1)).toEqual({ ch: 'agent', kind: 'silent', command: 'guest-sync-delimited', waited: 0.3 });
  await vm[Symbol.asyncDispose]();
});

vmTest('a QEMU that dies ends every wait at once, and how it died is recorded', async () => {
  const { vm, seen } = vmWith();
  await vm.boot('start', never);
  const waiting = vm.reachAgent(1000, never);
  process.kill(pidIn(seen), 'SIGKILL');
  await waiting;
  expect(seen.at(-1)).toMatchObject({ ch: 'exec', kind: 'exit', code: null, signal: 'SIGKILL' });
  await vm[Symbol.asyncDispose]();
});

vmTest('an abort ends a wait with its own reason', async () => {
  const { vm } = vmWith();
  await vm.boot('start', never);
  const abort = new AbortController();
  const waiting = vm.reachAgent(1000, abort.signal);
  abort.abort(new Error('Ctrl-C'));
  await expect(waiting).rejects.toThrow('Ctrl-C');
  await vm[Symbol.asyncDispose]();
});

vmTest('a cold boot cannot be had, and why is said', async () => {
  expect(await vmWith().vm.cannot('cold')).toContain('no state to be cold from');
});

vmTest('a killed harness leaves no QEMU behind', async () => {
  const holder = fileURLToPath(new URL('../../test/vm-holder.ts', import.meta.url));
  const harness = spawn(process.execPath, ['--import', 'tsx', holder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const chunk of harness.stdout) {
    said += String(chunk);
    if (said.includes('up\n')) break;
  }
  const pid = Number.parseInt(said);
  expect(alive(pid)).toBe(true);
  harness.kill('SIGKILL');
  await expect.poll(() => alive(pid), { timeout: 20_000 }).toBe(false);
});
