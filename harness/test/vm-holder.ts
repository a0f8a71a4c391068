import { CHANNELS } from '../host/qemu/running-qemu.ts';
import { QemuVm } from '../host/qemu/vm.ts';

// Starts a VM, says the pid of its QEMU, and waits to be killed.
const argv = ['qemu-system-x86_64', '-nodefaults', '-machine', 'q35', '-accel', 'tcg', '-display', 'none'];
const command = [...argv, ...CHANNELS];
const vm = new QemuVm(
  { boot: command, control: command },
  { probe: 'linux', device: '1234:1111' },
  (seen) => {
    if (seen.ch === 'exec' && seen.kind === 'spawn') process.stdout.write(`${seen.pid}\n`);
  },
);
await vm.boot('start', new AbortController().signal);
process.stdout.write('up\n');
