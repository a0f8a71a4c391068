import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { needs, skipsOptional } from '../../test/tier.ts';
import { processesIn } from '../first-process.ts';
import { whyNoLab } from '../why-not.ts';
import { SOCKET } from './dockerd-script.ts';
import { findDockerd } from './dockerd-tree.ts';
import { startDockerd } from './dockerd.ts';

const HOLDER = fileURLToPath(new URL('dockerd-holder.ts', import.meta.url));

const tree = await findDockerd();
/** Set-up unpacks it with CODE43_DOCKERD=1; a machine that has it may still not be able to run it. */
const reason = whyNoLab() ?? process.env['CODE43_DOCKERD_FAILED'] ?? (tree === null ? 'dockerd' : null);
const dockerdTest = reason === null ? needs('unshare') : skipsOptional(`needs ${reason}`);

/** What a dockerd changes of a machine's network unless it is told not to. */
function network(): unknown {
  const forwards = readFileSync('/proc/sys/net/ipv4/ip_forward', 'utf8');
  return { interfaces: readdirSync('/sys/class/net').sort(), forwards };
}

function mountsOfOurs(): readonly string[] {
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n');
  return mounts.filter((line) => line.includes('code43-dockerd') || line.includes('overlay2'));
}

dockerdTest(
  'a dockerd of our own leaves the network and the mounts alone, and ends with a word',
  async () => {
    const before = { network: network(), mounts: mountsOfOurs() };
    const dockerd = await startDockerd(tree ?? '');
    expect(dockerd.address).toMatch(/^unix:\/\/\/proc\/\d+\/root\/run\/docker\.sock$/);
    const namespace = namespaceOf(dockerd.address);
    expect({ network: network(), mounts: mountsOfOurs() }).toEqual(before);
    await dockerd.stop();
    expect(processesIn(namespace)).toEqual([]);
  },
);

dockerdTest('a killed holder leaves no process of its dockerd', async () => {
  const holder = spawn(process.execPath, ['--import', 'tsx', HOLDER], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [said] = (await once(holder.stdout, 'data')) as [Buffer];
  const namespace = namespaceOf(String(said));
  // The shell, dockerd, containerd.
  expect(processesIn(namespace).length).toBeGreaterThanOrEqual(3);
  holder.kill('SIGKILL');
  await expect.poll(() => processesIn(namespace), { timeout: 20_000 }).toEqual([]);
});

/** Of the processes of the dockerd that listens there. */
function namespaceOf(address: string): string {
  const root = /\/proc\/\d+\/root/.exec(address.replace(SOCKET, ''))?.[0] ?? '';
  return readlinkSync(join(root, '../ns/pid'));
}
