import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect } from 'vitest';
import { DEFAULT_VMS } from '../../lab/default-vms.ts';
import { inLab, labHere } from '../../lab/in-lab.fixture.ts';
import { inventory } from '../../lab/inventory.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import { readAsciicast, shownBy } from '../../trace/fixtures/read-asciicast.ts';
import { findTraces } from '../../trace/store.ts';
import { code43, project, recorded } from '../cli.fixture.ts';
import { fromShell, type Person } from '../on-terminal.fixture.ts';
import { needsPty } from '../tier.ts';
import { reach } from './on-lab.fixture.ts';

const labTest = needsPty(await inLab('standin-windows'));
const SOON = { timeout: 60_000, interval: 100 };

/** One without a serial port. */
const MUTE = {
  vmid: 111,
  config: { memory: '64', name: 'mute', vga: 'none' },
  template: false,
  system: null,
};

const MUTE_TEMPLATE = { ...MUTE, vmid: 9002, config: { ...MUTE.config, tags: 'code43' }, template: true };

let lab: Lab;

beforeAll(async () => {
  if (!labHere) return undefined;
  lab = await startLab({ vms: [...DEFAULT_VMS, MUTE, MUTE_TEMPLATE] });
  const node = reach(lab);
  return async () => {
    node[Symbol.dispose]();
    await lab.stop();
  };
});

async function start(vmid: number): Promise<void> {
  if ((await statusOf(vmid)) === 'status: running\n') return;
  expect(await lab.run(['qm', 'start', String(vmid)])).toMatchObject({ code: 0 });
}

async function statusOf(vmid: number): Promise<string> {
  return (await lab.run(['qm', 'status', String(vmid)])).stdout;
}

/** 0: it answers, so its guest is up. */
async function agentOf110(): Promise<number | null> {
  return (await lab.run(['qm', 'agent', '110', 'ping'])).code;
}

/** Sizes of the terminals that `qm terminal` has on the node, rows first. */
async function terminals(): Promise<string> {
  const script = `
for folder in /proc/[0-9]*; do
  tr '\\0' ' ' <$folder/cmdline 2>/dev/null | grep -q '^socat UNIX-CONNECT.*serial0' && stty size <$folder/fd/0
done
true`;
  return (await lab.run(['sh', '-c', script])).stdout;
}

/** A person in the shell of the guest of VM 110. */
async function inGuest(): Promise<Person> {
  await start(110);
  await expect.poll(agentOf110, SOON).toBe(0);
  const person = fromShell(await project(), ['console', '110', '--host', 'root@pve']);
  await person.sees('Ctrl-] leaves; the VM stays as it is.');
  person.type('\r');
  await person.sees('guest# ');
  return person;
}

labTest(
  'a VM of a node is looked into: all keys are its guest’s but the one that leaves, and it stays up',
  async () => {
    const person = await inGuest();
    person.enters('echo $((6 * 7))-from-the-guest');
    await person.sees('42-from-the-guest');
    // By this key `qm terminal` alone would leave. The shell takes it for itself; `cat` says it again.
    person.enters('echo ready; cat');
    await person.sees(/\nready/);
    person.type('\x0f\r');
    await person.sees('\x0f');
    person.type('\x03');
    await expect.poll(() => person.screen().split('\x0f').at(-1), SOON).toContain('guest# ');
    person.enters('echo interrupted, not ended');
    await person.sees(/\ninterrupted, not ended/);

    expect(await terminals()).toBe('24 80\n');
    person.pty.resize(100, 30);
    await expect.poll(terminals, SOON).toBe('30 100\n');

    person.type('\x1d');
    await person.sees('ended with 0, terminal as before');
    expect(person.screen()).toContain('The VM was left as it is.');
    expect(person.screen()).not.toContain('starting serial terminal');
    await expect.poll(terminals, SOON).toBe('');
    expect(await statusOf(110)).toBe('status: running\n');

    const again = await inGuest();
    again.type('\x1d');
    await again.sees('ended with 0, terminal as before');
  },
);

labTest('a connection that is cut ends the console, and the terminal is as before', async () => {
  const person = await inGuest();
  await lab.faults.set('ssh-cut');
  await person.sees('ended with 3, terminal as before');
  expect(person.screen()).toContain('the connection to root@pve ended');
  await expect.poll(terminals, SOON).toBe('');
  expect(await statusOf(110)).toBe('status: running\n');
});

labTest('code43 that is told to end leaves the console, and the terminal is as before', async () => {
  const person = await inGuest();
  const children = childrenOf(person.pty.pid);
  for (const pid of children) process.kill(pid, 'SIGTERM');
  await person.sees('ended with 130, terminal as before');
  await expect.poll(terminals, SOON).toBe('');
});

labTest('a VM that is stopped by somebody ends its console', async () => {
  const person = await inGuest();
  expect(await lab.run(['qm', 'stop', '110'])).toMatchObject({ code: 0 });
  await person.sees('ended with 0, terminal as before');
  expect(person.screen()).toContain('The VM is down.');
});

labTest('what cannot be looked into is told before the terminal is taken', async () => {
  await start(111);
  const folder = await project();
  for (const [words, said] of [
    [['999', '--host', 'root@pve'], 'there is no VM 999 on root@pve'],
    [['9001', '--host', 'root@pve'], 'VM 9001 on root@pve does not run'],
    [['111', '--host', 'root@pve'], 'qm set 111 --serial0 socket'],
    [['110', '--host', 'root@nobody'], 'root@nobody does not answer over ssh'],
    [['110', '--host', '-oProxyCommand=sh'], 'nor a name that ssh takes'],
    [['110'], 'name one with --host'],
  ] as const) {
    const person = fromShell(folder, ['console', ...words], { XDG_CONFIG_HOME: folder });
    await person.sees('ended with 2, terminal as before');
    expect(person.screen().replaceAll("'", '’')).toContain(said);
  }
  const { code, stderr } = await code43(folder, ['console', '110', '--host', 'root@pve']).done;
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining('a console needs a terminal') as string,
  });
});

/** The programs that a shell has started. */
function childrenOf(pid: number): readonly number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
}

const SCENARIO = `name: A cell to look into
host: node
guest: standin-windows
config: |
  machine: q35
  memory: 512
  vga: none
  hostpci0: 0000:00:02.0,pcie=1
  args: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0
boots: [start]
settle: { unchanged: 1, uptime: 1, samples: 2, limit: 60 }
expect:
  - { verdict: pass }
`;

const HOST = `name: Stand-in node
platform: proxmox
igpu:
  id: '8086:46d1'
  address: '0000:00:02.0'
  driver:
    windows: { service: code43-standin, provider: code43 stand-in, inf: standin.inf }
`;

/** A project with a cell for the node, and its owner's file, by which its VMs are clones of this template. */
async function nodeProject(template: number): Promise<{ folder: string; env: Record<string, string> }> {
  const folder = await project();
  await writeFile(join(folder, 'scenarios/hosts/node.yaml'), HOST);
  await mkdir(join(folder, 'scenarios/node'));
  await writeFile(join(folder, 'scenarios/node/look.yaml'), SCENARIO);
  await mkdir(join(folder, 'code43'));
  const guests = `{ standin-windows: { template: ${template} } }`;
  const owned = `node: { reach: { ssh: root@pve }, vmids: { from: 9100, to: 9109 }, guests: ${guests} }\n`;
  await writeFile(join(folder, 'code43/hosts.yaml'), owned);
  return { folder, env: { XDG_CONFIG_HOME: folder, XDG_RUNTIME_DIR: folder } };
}

async function kinds(folder: string): Promise<readonly string[]> {
  return (await recorded(folder)).map((event) => ('kind' in event ? event.kind : event.ch));
}

labTest(
  'a person at a run’s console on a node sees the guest boot and works in it, and the trace has both',
  async () => {
    const before = await inventory(lab);
    const { folder, env } = await nodeProject(9000);
    const person = fromShell(folder, ['console', 'node/look'], env);
    await person.sees('press Enter for a shell');
    await expect.poll(() => kinds(folder), SOON).toContain('boot.end');
    person.type('\r');
    await person.sees('guest# ');
    person.enters('echo $((6 * 7))-from-the-guest');
    await person.sees('42-from-the-guest');
    person.pty.resize(100, 30);
    await expect.poll(terminals, SOON).toBe('30 100\n');
    person.type('\x1d');
    await person.sees('ended with 0, terminal as before');
    expect(person.screen()).toContain('The VM is down: detached from the console.');

    const [directory = ''] = await findTraces(join(folder, 'reports/runs'));
    const cast = readAsciicast(await readFile(join(directory, 'console.cast'), 'utf8'));
    expect(cast.events).toContainEqual(expect.objectContaining({ code: 'r', data: '100x30' }));
    expect(shownBy(cast)).toContain('42-from-the-guest');
    const serial = (await recorded(folder)).flatMap((event) => (event.ch === 'serial' ? [event.line] : []));
    expect(serial).toContain('42-from-the-guest');
    expect({ ...(await inventory(lab)), driver: null }).toEqual({ ...before, driver: null });
  },
);

labTest('a VM that a run on a node leaves up is looked into, and is gone afterwards', async () => {
  const before = await inventory(lab);
  const { folder, env } = await nodeProject(9000);
  const under = ['env', ...Object.entries(env).map(([key, value]) => `${key}=${value}`)];
  const run = code43(folder, ['run', 'node/look', '--keep-on-failure=10'], under);
  let stderr = '';
  run.child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  await expect.poll(() => stderr, { timeout: 90_000 }).toContain('Still up until');
  const person = fromShell(folder, ['console', '--attach'], env);
  await person.sees('press Enter for a shell');
  person.type('\r');
  await person.sees('guest# ');
  person.enters('echo $((6 * 7))-from-the-guest');
  await person.sees('42-from-the-guest');
  person.type('\x1d');
  await person.sees('ended with 0, terminal as before');
  expect(person.screen()).toContain('The VM is still up.');
  run.child.kill('SIGINT');
  expect((await run.done).code).toBe(1);
  expect({ ...(await inventory(lab)), driver: null }).toEqual({ ...before, driver: null });
});

labTest('a VM without a serial port is not started for somebody who wants its console', async () => {
  const before = await inventory(lab);
  const { folder, env } = await nodeProject(MUTE_TEMPLATE.vmid);
  const person = fromShell(folder, ['console', 'node/look'], env);
  await person.sees('ended with 3, terminal as before');
  expect(person.screen()).toContain('gives no console to this VM: VM 9002');
  expect(person.screen()).toContain('No VM was started.');
  expect(await kinds(folder)).not.toContain('boot.begin');
  expect({ ...(await inventory(lab)), driver: null }).toEqual({ ...before, driver: null });
});
