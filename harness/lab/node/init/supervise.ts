import { readLabOptions } from '../lab-options.ts';
import { carryOutFaults } from './carry-out.ts';
import { furnish } from './furnish.ts';
import { Kernel } from './kernel.ts';
import { openLeash } from './leash.ts';
import type { NodeParts } from './node-parts.ts';
import { powerOn } from './power.ts';
import { EventDaemon } from './qmeventd.ts';
import { seed } from './seed.ts';
import { SshServer } from './ssh-server.ts';

/** Makes the node and keeps it, until nobody holds it any more: the one process that outlasts a restart of it. */
export async function supervise(): Promise<never> {
  const leash = openLeash();
  const options = readLabOptions();
  await furnish(options);
  powerOn();
  const node: NodeParts = { ssh: new SshServer(options), events: new EventDaemon() };
  new Kernel().listen();
  await node.events.open();
  await seed(options.vms);
  await node.ssh.open();
  carryOutFaults(node);
  leash.say(JSON.stringify({ port: node.ssh.port }));
  await leash.ended;
  process.exit(0);
}
