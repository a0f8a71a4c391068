import { expect, test } from 'vitest';
import { type Climbed, climb } from './climb.ts';
import { nodeGround, type NodeGroundOptions } from './node-ground.ts';
import { type NodeState, scriptedNode } from './scripted-node.fixture.ts';
import { type VirtualClock, virtualClock } from './virtual-clock.fixture.ts';
import { ConnectionLost } from '../../../wire/machine/machine.ts';
import { CommandFailed } from '../../../wire/shell.ts';

const SYS = '/sys/bus/pci/devices/0000:00:02.0';
const well: NodeState = {
  boot: 1,
  reachable: true,
  qemu: null,
  qmpstatus: 'running',
  config: '86 80 d1 46',
  driver: 'vfio-pci',
  override: '(null)',
};
const up = { qemu: { pid: 628, start: '4711' } };

interface Played extends Climbed {
  readonly did: readonly string[];
  readonly state: NodeState;
}

async function play(
  begin: Partial<NodeState>,
  onAct: (act: string, state: NodeState, clock: VirtualClock) => string | undefined,
  options: Partial<NodeGroundOptions> = {},
): Promise<Played> {
  const state = { ...well, ...begin };
  const clock = virtualClock();
  const { machine, manager, did } = scriptedNode(state, (act) => onAct(act, state, clock));
  const ground = nodeGround({
    node: () =>
      state.reachable
        ? Promise.resolve(machine)
        : Promise.reject(new ConnectionLost('the node does not answer')),
    manager: () => manager,
    vmid: 110,
    agent: true,
    device: { address: '0000:00:02.0', driver: 'vfio-pci' },
    power: null,
    ...options,
  });
  const allowed = { reboot: true, power: true };
  const climbed = await climb(ground, { allowed, record: () => undefined, clock });
  return { ...climbed, did, state };
}

test('where all is well nothing is done', async () => {
  const { did, rungs } = await play({}, () => undefined);
  expect({ did, rungs }).toEqual({ did: [], rungs: [] });
});

test('a VM that no rung gets down takes them all, each in its own way, up to a restart of the host', async () => {
  const { did, rungs, well } = await play(up, (act, state, clock) => {
    if (!act.startsWith('systemctl')) return 'it does not';
    state.reachable = false;
    clock.after(40, () => Object.assign(state, { reachable: true, boot: 2, qemu: null }));
    return undefined;
  });
  expect(did).toEqual([
    'shutdown 110',
    'qm monitor 110 ← "system_powerdown\\nquit\\n"',
    'stop 110',
    'kill 628 of 110',
    'systemctl reboot ← ""',
  ]);
  expect(rungs.map(({ worked }) => worked)).toEqual([false, false, false, false, true]);
  expect(rungs[0]?.why).toBe('QEMU runs (pid 628); then QEMU runs (pid 628); it does not');
  expect(well).toBe(true);
});

test('a guest that does not run is not asked to shut down', async () => {
  const { did } = await play({ ...up, qmpstatus: 'internal-error' }, (act, state) => {
    if (act === 'stop 110') state.qemu = null;
    return undefined;
  });
  expect(did).toEqual(['stop 110']);
});

test('without an agent in its config a VM is asked by ACPI, through the shutdown of its manager', async () => {
  const shut = (act: string, state: NodeState): undefined => {
    if (act === 'shutdown 110') state.qemu = null;
  };
  const { rungs } = await play(up, shut, { agent: false });
  expect(rungs).toMatchObject([{ rung: 'acpi', worked: true }]);
});

test('a device that does not answer is reset by itself, and that is enough where it answers then', async () => {
  const { did, rungs } = await play({ config: 'ff ff ff ff' }, (act, state) => {
    if (act.includes('/reset')) state.config = well.config;
    return undefined;
  });
  expect(did).toEqual([`${SYS}/reset ← "1"`]);
  expect(rungs).toMatchObject([{ rung: 'device-reset', worked: true }]);
});

test('a device is given to its driver anew, and no rule is left behind', async () => {
  const { did, well } = await play({ config: 'ff ff ff ff', driver: 'i915' }, (act, state) => {
    if (act.includes('/reset')) return 'tee: write error: Inappropriate ioctl for device';
    if (act.includes('unbind')) state.driver = null;
    if (act.includes('drivers_probe')) Object.assign(state, { driver: 'vfio-pci', config: '86 80 d1 46' });
    return undefined;
  });
  expect(did).toEqual([
    `${SYS}/reset ← "1"`,
    `${SYS}/driver/unbind ← "0000:00:02.0"`,
    `${SYS}/driver_override ← "vfio-pci"`,
    '/sys/bus/pci/drivers_probe ← "0000:00:02.0"',
    `${SYS}/driver_override ← "\\n"`,
  ]);
  expect(well).toBe(true);
});

test('a rule that was there is there again, though the driver would not have the device', async () => {
  const { did, rungs } = await play({ driver: null, override: 'i915' }, (act) =>
    act.includes('drivers_probe') ? 'tee: Device or resource busy' : undefined,
  );
  expect(did.filter((act) => act.includes('override'))).toEqual([
    `${SYS}/driver_override ← "vfio-pci"`,
    `${SYS}/driver_override ← "i915"`,
  ]);
  expect(rungs[0]?.why).toMatch(/then the device is not on its driver; .*drivers_probe: .*busy/);
});

test('a device that is gone is not written to', async () => {
  const { did, situation } = await play({ config: '' }, () => 'no');
  expect(situation.device).toBe('absent');
  expect(did).toEqual(['systemctl reboot ← ""']);
});

test('a host that falls silent under a rung is waited for, and what is left to do is done then', async () => {
  const { rungs, did, well } = await play(up, (act, state, clock) => {
    if (act === 'stop 110') state.qemu = null;
    if (act !== 'shutdown 110') return undefined;
    state.reachable = false;
    clock.after(90, () => Object.assign(state, { reachable: true }));
    return undefined;
  });
  expect(well).toBe(true);
  expect(rungs.map(({ rung, worked }) => [rung, worked])).toEqual([
    ['agent-shutdown', false],
    ['wait', true],
    ['acpi', false],
    ['stop', true],
  ]);
  expect(did).toHaveLength(3);
});

test('a host that crashes under a rung is no work of that rung', async () => {
  const { rungs, well } = await play(up, (_, state, clock) => {
    state.reachable = false;
    clock.after(5, () => Object.assign(state, { reachable: true, boot: 2, qemu: null }));
    return undefined;
  });
  expect(well).toBe(true);
  expect(rungs).toEqual([
    {
      rung: 'agent-shutdown',
      worked: false,
      seconds: 5,
      why: 'QEMU runs (pid 628); then the host was restarted, and all is well; the node does not answer',
    },
  ]);
});

test('a host in which nothing runs any more counts as one that does not answer', async () => {
  const hung = new CommandFailed({ argv: ['cat'], what: 'took longer than 20 s', timedOut: true });
  const { machine, manager } = scriptedNode({ ...well }, () => undefined);
  const node = { ...machine, run: () => Promise.reject(hung) };
  const ground = nodeGround({
    node: () => Promise.resolve(node),
    manager: () => manager,
    ...{ vmid: 110, agent: true, device: null, power: null },
  });
  expect(await ground.look({ seconds: 60 })).toEqual({ host: null, vm: null, device: null });
});
