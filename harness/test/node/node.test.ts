import { beforeAll } from 'vitest';
import { inLab, labHere } from '../../lab/in-lab.fixture.ts';
import { startLab } from '../../lab/lab.ts';
import type { Machine } from '../../wire/machine/machine.ts';
import { SshMachine } from '../../wire/machine/ssh-machine.ts';
import { needs } from '../tier.ts';
import { nodeContract } from './node.contract.ts';

/**
 * A real node: `CODE43_PVE=root@host`, reached by the user's own ssh, and a small disk on a storage with snapshots. Without it the
 * same is tried on the stand-in.
 */
const REAL = process.env['CODE43_PVE'];
const DISK = process.env['CODE43_PVE_DISK'] ?? 'local:1,format=qcow2';

let node: Machine;

beforeAll(async () => {
  if (REAL !== undefined) {
    node = await SshMachine.open(REAL);
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

nodeContract(REAL === undefined ? await inLab() : needs('ssh'), () => ({ node, disk: DISK }));
