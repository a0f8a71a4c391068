import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { loadConf } from '../conf/store.ts';
import { NotInStandIn } from '../refusal.ts';
import { refusal } from '../refusals.ts';
import { pathOf, pidOf } from '../vm/running.ts';
import { type Verb, vmidOf } from './verb.ts';

/** `qm terminal`: socat joins the terminal to the serial port, as on a real node, so it complains as there. */
export const TERMINAL: Verb = {
  use: '<vmid> [OPTIONS]',
  words: ['vmid'],
  options: { iface: 'string', escape: 'string' },
  from: [
    'qm terminal of a booted guest: no output until Enter; Ctrl-O leaves',
    'qm terminal --escape ^A',
    'qm terminal, VM stopped',
    'qm terminal with stdin at EOF and no tty',
    'qm terminal open while the VM is stopped by another command',
  ],
  run: async (given, io) => {
    const vmid = vmidOf(given);
    const { entries } = loadConf(vmid).main;
    if (pidOf(vmid) === null) throw refusal('notRunning', vmid);
    const ports = [...entries.keys()].filter((key) => /^serial\d$/.test(key)).sort();
    const iface = given.options['iface'] ?? ports[0] ?? 'serial0';
    if (!ports.includes(iface)) throw refusal('noSerial', iface);
    if (iface !== 'serial0') throw new NotInStandIn(`a terminal on ${iface}`);
    const { said, address } = escapeOf(given.options['escape'] ?? '^o');
    io.out(`starting serial terminal on interface ${iface}${said}\n`);
    const path = pathOf(vmid, 'serial0');
    const child = spawn('socat', [`UNIX-CONNECT:${path}`, `STDIO,raw,echo=0${address}`], {
      stdio: 'inherit',
    });
    await once(child, 'close');
    return 0;
  },
};

/** The key that leaves; `0` is none (not observed; qemu-server, PVE/CLI/qm.pm). */
function escapeOf(option: string): { readonly said: string; readonly address: string } {
  if (option === '0') return { said: '', address: '' };
  const letter = option.slice(-1).toUpperCase();
  const byte = letter.charCodeAt(0) - 64;
  return { said: ` (press Ctrl+${letter} to exit)`, address: `,escape=0x${byte.toString(16)}` };
}
