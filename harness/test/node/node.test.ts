import { beforeAll } from 'vitest';
import { inLab, labHere } from '../../lab/in-lab.fixture.ts';
import { startLab } from '../../lab/lab.ts';
import type { Machine } from '../../wire/machine/machine.ts';
import { SshMachine } from '../../wire/machine/ssh-machine.ts';
import { needs } from '../tier.ts';
import { nodeContract } from './node.contract.ts';
import { smallDisk } from './small-disk.fixture.ts';

/** A real node: `CODE43_PVE=root@host`, reached by the user's own ssh. Without it the same is tried on the stand-in. */
const REAL = process.env['CODE43_PVE'];

let node: Machine;
let disk = process.env['CODE43_PVE_DISK'] ?? 'local:1,format=qcow2';

beforeAll(async () => {
  if (REAL !== undefined) {
    node = await SshMachine.open(REAL);
    if (process.env['CODE43_PVE_DISK'] === undefined) disk = await smallDisk(node);
    return () => node[Symbol.asyncDispose]();
  }
  if (!labHere) return undefined;
  const lab = await startLab();
  node = await SshMachine.open(lab.destination, { sshConfig: lab.sshConfig });
  return async () => {
    await node[Symbol.asyncDispose]();
    await lab.stop();
  };
});

nodeContract(REAL === undefined ? await inLab() : needs('ssh'), () => ({ node, disk }));
