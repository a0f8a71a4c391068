import { basename } from 'node:path';
import { dmesg } from './dmesg.ts';
import { supervise } from './init/supervise.ts';
import { type Io, processIo } from './io.ts';
import { journalctl } from './journalctl.ts';
import { pvesh } from './pvesh.ts';
import { printFailure, qm } from './qm.ts';
import { restart } from './restart.ts';
import { NotInStandIn } from './refusal.ts';
import { pveversion } from './versions.ts';

type Program = (argv: readonly string[], io: Io) => Promise<number> | number;

/** Every program of the node that is not the machine's own, by the name that it is called by. */
export const PROGRAMS: Readonly<Record<string, Program>> = {
  dmesg,
  journalctl,
  pvesh,
  pveversion: (argv, io) => {
    if (argv.length > 0) throw new NotInStandIn(`pveversion ${argv.join(' ')}`);
    io.out(pveversion());
    return 0;
  },
  qm,
  reboot: (argv) => restart('reboot', argv),
  shutdown: (argv) => restart('shutdown', argv),
  systemctl: (argv) => restart('systemctl', argv),
  'code43-node': supervise,
};

const [, called = '', ...words] = process.argv;
const io = processIo();
try {
  const program = PROGRAMS[basename(called)];
  if (program === undefined) throw new NotInStandIn(basename(called));
  process.exitCode = await program(words, io);
} catch (error) {
  process.exitCode = printFailure(error, io);
}
