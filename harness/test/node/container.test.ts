import Docker from 'dockerode';
import { beforeAll, expect } from 'vitest';
import { judge } from '../../judge/judge.ts';
import { CONTAINER_FORM, LABEL } from '../../lab/container/container-form.ts';
import { containerHere, inContainer } from '../../lab/container/in-container.fixture.ts';
import { inventory } from '../../lab/inventory.ts';
import { killedLabLeavesNothing } from '../../lab/killed-lab.fixture.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import { loadTrace } from '../../trace/store.ts';
import type { Machine } from '../../wire/machine/machine.ts';
import { SshMachine } from '../../wire/machine/ssh-machine.ts';
import { nodeContract } from './node.contract.ts';
import { nodeCell, reach, WINDOWS } from './on-lab.fixture.ts';

const tier = await inContainer();

let lab: Lab;
let node: Machine;

beforeAll(async () => {
  if (!containerHere) return undefined;
  lab = await startLab({ form: CONTAINER_FORM });
  node = await SshMachine.open(lab.destination, { sshConfig: lab.sshConfig });
  return async () => {
    await node[Symbol.asyncDispose]();
    await lab.stop();
    expect(await containers()).toEqual([]);
  };
});

/** Those of the stand-in, whatever their state. */
async function containers(): Promise<readonly string[]> {
  const all = await new Docker().listContainers({ all: true, filters: { label: [LABEL] } });
  return all.map(({ Id }) => Id);
}

nodeContract(tier, () => ({ node, disk: 'local:1,format=qcow2' }));

(await inContainer('standin-windows'))(
  'a run over ssh passes in a container, leaves nothing, and its trace replays to the same verdict',
  async () => {
    using reached = reach(lab);
    const before = await inventory(lab);
    const run = await reached.run(nodeCell({ boots: ['start'] }), WINDOWS);
    expect(run.result, JSON.stringify(run.result.findings)).toMatchObject({
      verdict: 'pass',
      evidenceClass: 'simulated',
    });
    expect(judge(await loadTrace(run.directory))).toEqual(run.result);
    // Proxmox VE never gives the device back to the host's driver.
    expect({ ...(await inventory(lab)), driver: null }).toEqual({ ...before, driver: null });
  },
);

tier('a killed test leaves no container, no process and no port', async () => {
  const others = await containers();
  await killedLabLeavesNothing('--container');
  await expect.poll(containers, { timeout: 20_000 }).toEqual(others);
});
