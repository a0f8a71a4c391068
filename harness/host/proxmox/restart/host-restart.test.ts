import { expect, test } from 'vitest';
import type { Reach } from '../../../scenario/connection.ts';
import type { Machine } from '../../../wire/machine/machine.ts';
import { Hold } from '../lease/hold.ts';
import { plainMachine } from '../lease/plain-machine.fixture.ts';
import type { Lease } from '../lease/lease.ts';
import { KernelWatch } from '../node/kernel-watch.ts';
import { QmManager } from '../qm/qm-manager.ts';
import { HostRestart } from './host-restart.ts';

const SSH: Reach = { ssh: 'root@pve' };

/** Of a node that is not to be asked anything. */
async function restartOf(reach: Reach, reboot: boolean): Promise<HostRestart> {
  const asked = (argv: readonly string[]): never => {
    throw new Error(`asked ${argv.join(' ')}`);
  };
  const node: Machine = { ...plainMachine(), run: asked, follow: asked };
  const manager = new QmManager(node);
  const lease = { address: '0000:00:02.0' } as Lease;
  const nothing = (): undefined => undefined;
  return new HostRestart({
    ...{ node, manager, undoing: { node, manager }, vmid: 9100, address: lease.address },
    ...{ hold: await Hold.begin(node, () => Promise.resolve(lease)), kernel: new KernelWatch(node, nothing) },
    ...{ connection: { reach, reboot }, patience: {}, record: nothing, tell: nothing },
    remake: () => Promise.resolve(),
  });
}

test.each<[string, Reach, boolean, string | null, RegExp]>([
  ['its owner does not allow it', SSH, false, 'a', /`reboot: true` in hosts.yaml/],
  ['code43 would end with it', 'here', true, 'a', /on the host itself.*by ssh/],
  ['nobody would see it', SSH, true, null, /does not say its boot id/],
])('a host is not restarted where %s, and nothing is asked of it', async (_, reach, reboot, bootId, why) => {
  expect(await (await restartOf(reach, reboot)).whyNot(bootId)).toMatch(why);
});
