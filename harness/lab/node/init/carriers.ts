import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { FaultArguments, FaultName } from '../../fault-names.ts';
import { withEntries } from '../conf/conf.ts';
import { loadConf, storeConf } from '../conf/store.ts';
import { PLACES } from '../places.ts';
import { program } from '../program.ts';
import { powerOn } from './power.ts';
import type { NodeParts } from './node-parts.ts';

export type Undo = () => Promise<void> | void;
type Carrier = (fault: FaultArguments, node: NodeParts) => Promise<Undo | null> | Undo | null;

const GROUPS = '/sys/kernel/iommu_groups';
const BALLAST = join(PLACES.storage, 'ballast');
const KIBIBYTE = 1024;

/** How the node carries out the faults that it carries out by itself. */
export const CARRIERS: Partial<Readonly<Record<FaultName, Carrier>>> = {
  'lock-held': async ({ vmid = 0 }) => {
    mkdirSync(PLACES.locks, { recursive: true });
    const path = join(PLACES.locks, `lock-${vmid}.conf`);
    const holder = spawn('flock', [path, 'sh', '-c', 'echo held; exec sleep 1000000'], {
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    await Promise.race([once(holder.stdout, 'data'), once(holder, 'exit')]);
    return () => {
      if (holder.pid !== undefined) process.kill(-holder.pid, 'SIGKILL');
    };
  },
  'vm-locked': ({ vmid = 0, word = 'backup' }) => {
    const conf = loadConf(vmid);
    storeConf(vmid, { ...conf, main: withEntries(conf.main, { lock: word }) });
    return null;
  },
  'no-iommu': () => {
    renameSync(GROUPS, `${GROUPS}-off`);
    mkdirSync(GROUPS);
    return () => {
      rmSync(GROUPS, { recursive: true });
      renameSync(`${GROUPS}-off`, GROUPS);
    };
  },
  'disk-full': async ({ kilobytes = 0 }) => {
    const { bavail, bsize } = statfsSync(PLACES.storage);
    const size = bavail * bsize - kilobytes * KIBIBYTE;
    const { code, stderr } = await program(['fallocate', '--length', String(size), BALLAST]);
    if (code !== 0) throw new Error(stderr);
    return () => {
      rmSync(BALLAST, { force: true });
    };
  },
  restart: ({ seconds = 0 }, node) => {
    node.ssh.close();
    node.events.close();
    // All but the first process and this one (kill(2)).
    process.kill(-1, 'SIGKILL');
    comeBack(seconds, node).catch((error: unknown) => {
      process.stderr.write(`the node did not come back: ${String(error)}\n`);
    });
    return null;
  },
  'ssh-cut': (_, { ssh }) => {
    ssh.cut();
    return null;
  },
  'ssh-refused': (_, { ssh }) => {
    ssh.close();
    return () => ssh.open();
  },
};

async function comeBack(seconds: number, { ssh, events }: NodeParts): Promise<void> {
  await pause(seconds * 1000);
  powerOn();
  await events.open();
  await ssh.open();
}
