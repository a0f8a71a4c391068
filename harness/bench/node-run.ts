import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Lab, startLab } from '../lab/lab.ts';
import { nodeCell, reach, type Reached, WINDOWS } from '../test/node/on-lab.fixture.ts';
import { QmpClient } from '../wire/qmp.ts';
import { run } from '../wire/shell.ts';
import { median, type Bench } from './measure.ts';

const ROUNDS = 3;
/** The first number that a run takes. */
const VMID = 9100;
const LOOK = 10;
/** One more monitor of the VM's, for this bench alone. */
const OBSERVER = 'run/code43/observer.qmp';
const CELL = nodeCell();
const OBSERVED = CELL.config.replace(/^args: .*$/m, `$& -qmp unix:/${OBSERVER},server=on,wait=off`);

/**
 * A run on a Proxmox node over ssh, against a bare shell script that does the same there, asks the guest as often, and looks once a second; and
 * how long after the guest has opened the agent's port the run has heard its first words. On the stand-in node.
 */
export const nodeRun: Bench = {
  name: 'node',
  run: async () => {
    await using lab = await startLab();
    using node = reach(lab);
    const [harness, script, noticed]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { seconds, late, samples } = await timedRun(lab, node);
      harness.push(seconds);
      noticed.push(late);
      script.push(await timedScript(lab, samples));
    }
    return [
      { what: 'a run', value: median(harness) / median(script), unit: '× the script', bound: { atMost: 1 } },
      { what: 'agent noticed after', value: median(noticed), unit: 's', bound: { atMost: 0.3 } },
    ];
  },
};

interface Timed {
  readonly seconds: number;
  readonly late: number;
  /** How often the guest was asked for its device. */
  readonly samples: number;
}

async function timedRun(lab: Lab, node: Reached): Promise<Timed> {
  const began = performance.now();
  const opened = portOpens(lab);
  let heard = 0;
  let samples = 0;
  const { result } = await node.run({ ...CELL, config: OBSERVED }, WINDOWS, {
    onEvent: (event) => {
      if (heard === 0 && event.kind === 'wait' && event.what.startsWith('first answer'))
        heard = performance.now();
      if (event.kind === 'sample') samples += 1;
    },
  });
  if (result.verdict !== 'pass')
    throw new Error(`the run on the stand-in node: ${result.verdict}, not a pass`);
  return { seconds: (performance.now() - began) / 1000, late: (heard - (await opened)) / 1000, samples };
}

/** When the guest's agent opens its port, seen on the node itself. */
async function portOpens(lab: Lab): Promise<number> {
  const limit = { seconds: 60 };
  for (;;) {
    const socket = connect(join(lab.root, OBSERVER));
    try {
      const qmp = new QmpClient(socket);
      await qmp.negotiate(limit);
      for (;;) {
        const listed = await qmp.execute('query-chardev', {}, limit);
        if (
          /"label":"qga0"[^}]*"frontend-open":true|"frontend-open":true[^}]*"label":"qga0"/.test(
            JSON.stringify(listed),
          )
        )
          return performance.now();
        await pause(LOOK);
      }
    } catch {
      // It is not there yet.
      await pause(LOOK);
    } finally {
      socket.destroy();
    }
  }
}

async function timedScript({ sshConfig, destination }: Lab, samples: number): Promise<number> {
  const began = performance.now();
  await run(['sh', '-euc', SCRIPT, 'sh', sshConfig, destination, String(samples)], { timeout: 300 });
  return (performance.now() - began) / 1000;
}

const SCRIPT = `on() { ssh -F "$config" "$node" "$@"; }
config=$1 node=$2 samples=$3
on qm clone 9000 ${VMID} --full 0 --name bare
printf x | on 'cat >/usr/share/kvm/bare.rom'
on qm set ${VMID} --hostpci0 0000:00:02.0,pcie=1 --args "'-set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0'"
on qm start ${VMID}
until on qm agent ${VMID} ping 2>/dev/null; do sleep 1; done
for _ in $(seq "$samples"); do on qm guest exec ${VMID} -- /bin/true; sleep 1; done
on qm shutdown ${VMID}
on qm destroy ${VMID}
on rm /usr/share/kvm/bare.rom
`;
