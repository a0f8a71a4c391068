import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { inLab, labHere } from '../../../lab/in-lab.fixture.ts';
import { type Inventory, inventory } from '../../../lab/inventory.ts';
import { type Lab, startLab } from '../../../lab/lab.ts';
import { LocalMachine } from '../../../wire/machine/local-machine.ts';
import { SshMachine } from '../../../wire/machine/ssh-machine.ts';
import { takeLease } from '../lease/take-lease.ts';
import { cloneName, markLine, snapshotName } from '../life/run-mark.ts';
import { slotName } from '../node/rom-slot.ts';
import { QmManager } from '../qm/qm-manager.ts';
import type { ManagedNode } from '../managed-node.ts';
import { type CleanOptions, cleanNode, isClean } from './clean-node.ts';
import { type Item, keyOf } from './item.ts';
import { NotLookedAt } from './look-at-node.ts';

const labTest = await inLab();

const [DEAD, LIVE] = ['0a1b2c3d', 'ffffffff'];
const ALL: CleanOptions = { dryRun: false, wait: 0 };
const ROM = Buffer.from('a ROM');
const SHA256 = createHash('sha256').update(ROM).digest('hex');

let lab: Lab;
let node: ManagedNode;
let untouched: Inventory;

beforeAll(async () => {
  if (!labHere) return undefined;
  lab = await startLab();
  const machine = await SshMachine.open(lab.destination, { sshConfig: lab.sshConfig });
  node = { node: machine, manager: new QmManager(machine) };
  await does('mkdir', '-p', '/run/code43');
  untouched = await everything();
  return async () => {
    await machine[Symbol.asyncDispose]();
    await lab.stop();
  };
});

beforeEach(async () => {
  if (labHere) expect(await everything()).toEqual(untouched);
});

/** All of the node; going back to a snapshot makes a new generation of the VM, and nothing else. */
async function everything(): Promise<Inventory> {
  const { configs, ...rest } = await inventory(lab);
  const same = Object.entries(configs).map(([name, text]) => [
    name,
    text.replaceAll(/^vmgenid: .*$/gm, 'vmgenid: x'),
  ]);
  return { ...rest, configs: Object.fromEntries(same) as Inventory['configs'] };
}

async function does(...argv: readonly string[]): Promise<void> {
  const { code, stderr } = await lab.run(argv);
  expect(code, `${argv.join(' ')}: ${stderr}`).toBe(0);
}

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(join(lab.root, path, '..'), { recursive: true });
  writeFileSync(join(lab.root, path), content);
}

function placeRom(mark: string): string {
  const name = slotName(mark, SHA256);
  write(`usr/share/kvm/${name}`, ROM);
  return name;
}

function deadLease(address: string, run = DEAD): void {
  const who = JSON.stringify({ owner: 'ann@desk', purpose: 'runs n100-q35', run });
  write(`run/code43/${address}.lease`, `1000 ${crypto.randomUUID()} ${who}\n`);
}

async function clone(vmid: number, mark: string): Promise<void> {
  const words = ['--full', '0', '--name', cloneName(mark), '--description', markLine(mark)];
  await does('qm', 'clone', '9001', String(vmid), ...words);
}

async function borrow(vmid: number, mark: string): Promise<void> {
  await does(
    'qm',
    'snapshot',
    String(vmid),
    snapshotName(mark),
    '--vmstate',
    '0',
    '--description',
    markLine(mark),
  );
}

/** As a run has it after its first step: its keys, its monitor among the arguments. */
async function change(vmid: number): Promise<void> {
  const args = `-qmp unix:/run/code43/${vmid}.qmp,server=on,wait=off`;
  await does('qm', 'set', String(vmid), '--cores', '2', '--args', args);
}

function kinds(items: readonly Item[]): Readonly<Record<string, string>> {
  return Object.fromEntries(items.map((item) => [keyOf(item), item.fate.kind]));
}

labTest('all that a killed run left is taken away, and what only looks like it stays', async () => {
  // What is somebody's.
  await does('qm', 'clone', '9001', '200', '--name', cloneName(DEAD));
  await does('qm', 'clone', '9001', '201', '--name', 'mine', '--description', markLine(DEAD));
  await does('qm', 'snapshot', '100', 'mine', '--description', markLine(DEAD));
  await does('qm', 'snapshot', '100', snapshotName(DEAD));
  for (const name of [
    'code43-keep.rom',
    'igd.rom',
    `code43-${DEAD}-0123456789ab.rom`,
    `.code43-${DEAD}.rom.partial`,
  ])
    write(`usr/share/kvm/${name}`, ROM);
  await does('ln', '-s', 'igd.rom', `/usr/share/kvm/${slotName('99999999', SHA256)}`);
  const named = placeRom('12341234');
  await does('qm', 'set', '201', '--hostpci0', `0000:00:02.0,romfile=${named}`);
  write('run/code43/notes', 'mine');
  write('run/code43/200.qmp', 'no socket');
  const theirs = await everything();

  await clone(9100, DEAD);
  await change(9100);
  await does('qm', 'start', '9100');
  await clone(9101, DEAD);
  await lab.faults.set('vm-locked', { vmid: 9101, word: 'clone' });
  lab.faults.clear('vm-locked');
  const rom = placeRom(DEAD);
  write(`usr/share/kvm/.${rom}.partial`, 'half');
  deadLease('0000:00:02.0');
  await borrow(110, DEAD);
  await change(110);
  await does('python3', '-c', "import socket; socket.socket(socket.AF_UNIX).bind('/run/code43/9105.qmp')");

  const left = await everything();
  const looked = await cleanNode(node, { ...ALL, dryRun: true });
  expect(await everything()).toEqual(left);
  expect(looked).toMatchObject({ tried: [], left: looked.found });
  expect(isClean(looked.left)).toBe(false);

  const order: string[] = [];
  const cleaned = await cleanNode(node, {
    ...ALL,
    onPlan: (items) => order.push(`plan ${items.length}`),
    onDone: (item, error) => order.push(`${keyOf(item)}: ${String(error)}`),
  });
  expect(order).toEqual([
    `plan ${looked.found.length}`,
    ...['vm 9100', 'vm 9101', `snapshot 110 ${snapshotName(DEAD)}`, `rom .${rom}.partial`, `rom ${rom}`]
      .concat('monitor 9105', 'lease 0000:00:02.0')
      .map((key) => `${key}: null`),
  ]);
  expect(kinds(cleaned.left)).toEqual({
    [`rom ${named}`]: 'stays',
    [`rom code43-${DEAD}-0123456789ab.rom`]: 'unknown',
  });
  expect(await everything()).toEqual(theirs);

  for (const vmid of ['200', '201']) await does('qm', 'destroy', vmid);
  for (const name of ['mine', snapshotName(DEAD)]) await does('qm', 'delsnapshot', '100', name);
  await does('sh', '-c', 'rm -f /usr/share/kvm/*code43-* /usr/share/kvm/.code43-* /usr/share/kvm/igd.rom');
  await does('sh', '-c', 'rm -f /run/code43/*');
});

labTest('nothing of a run that lives is touched, and it is said who has it', async () => {
  const who = { owner: 'bob@ci', purpose: 'runs n100-i440fx', run: LIVE };
  const lease = await takeLease(node.node, { address: '0000:00:02.0', ...who, wait: 0 });
  await clone(9100, LIVE);
  await does('qm', 'start', '9100');
  await borrow(110, LIVE);
  const rom = placeRom(LIVE);
  const before = await everything();
  await clone(9101, DEAD);
  const cleaned = await cleanNode(node, ALL);
  expect(await everything()).toEqual(before);
  expect(kinds(cleaned.left)).toEqual({
    'vm 9100': 'in-use',
    [`snapshot 110 ${snapshotName(LIVE)}`]: 'in-use',
    [`rom ${rom}`]: 'in-use',
    'lease 0000:00:02.0': 'in-use',
  });
  expect(cleaned.left[0]?.fate).toMatchObject({ by: { owner: 'bob@ci', run: LIVE } });
  expect(cleaned.tried.map(({ item }) => keyOf(item))).toEqual(['vm 9101']);
  expect(isClean(cleaned.left)).toBe(true);

  // It ends without a word while somebody waits for it.
  let waits = 0;
  let ended: PromiseLike<void> = Promise.resolve();
  const after = await cleanNode(node, {
    ...ALL,
    wait: 60,
    onWait: (items) => {
      waits += items.length;
      ended = lease[Symbol.asyncDispose]();
    },
  });
  await ended;
  expect(waits).toBe(4);
  expect(after.left).toEqual([]);
});

labTest('where a lease cannot be read, nothing of any run is taken', async () => {
  await clone(9100, DEAD);
  const before = await everything();
  write('run/code43/0000:00:02.0.lease', 'whoever');
  const holder = lab.run(['flock', '/run/code43/0000:00:02.0.lease', 'sleep', '1000']);
  await expect
    .poll(async () => (await lab.run(['flock', '-n', '/run/code43/0000:00:02.0.lease', 'true'])).code)
    .toBe(1);
  expect(kinds((await cleanNode(node, ALL)).left)).toEqual({
    'vm 9100': 'in-use',
    'lease 0000:00:02.0': 'in-use',
  });
  await does('pkill', '-x', 'sleep');
  await holder;
  expect(await everything()).toEqual({ ...before, leases: ['0000:00:02.0.lease'] });
  expect((await cleanNode(node, ALL)).left).toEqual([]);
});

labTest('a snapshot with somebody’s on top stays, and so does one of a VM without the tag', async () => {
  await borrow(110, DEAD);
  await change(110);
  await does('qm', 'snapshot', '110', 'mine');
  await borrow(100, DEAD);
  const before = await everything();
  const { left, tried } = await cleanNode(node, ALL);
  expect(await everything()).toEqual(before);
  expect(tried).toEqual([]);
  expect(left.map(({ fate }) => fate)).toEqual([
    { kind: 'stays', why: expect.stringContaining('no tag code43') as string },
    { kind: 'stays', why: expect.stringContaining('mine stands on it') as string },
  ]);
  await does('qm', 'delsnapshot', '110', 'mine');
  await does('qm', 'delsnapshot', '100', snapshotName(DEAD));
  expect((await cleanNode(node, ALL)).left).toEqual([]);
});

labTest('what a VM’s owner has done since is not gone back behind', async () => {
  await does('qm', 'snapshot', '110', 'older');
  await borrow(110, DEAD);
  await change(110);
  await does('qm', 'rollback', '110', 'older');
  await does('qm', 'set', '110', '--cores', '4');
  const config = async (): Promise<string> => (await lab.run(['qm', 'config', '110'])).stdout;
  const before = await config();
  const { left, tried } = await cleanNode(node, ALL);
  expect(tried[0]?.item.fate).toMatchObject({ removal: { by: 'forget' } });
  expect(left).toEqual([]);
  expect(await config()).toBe(before);
  await does('qm', 'rollback', '110', 'older');
  await does('qm', 'delsnapshot', '110', 'older');
});

const KILLED = [
  { lock: 'snapshot', during: 'it was taken', state: 'prepare', by: 'forget-half' },
  { lock: 'snapshot-delete', during: 'it was removed', state: 'delete', by: 'forget-half' },
  { lock: 'snapshot-delete', during: 'it was about to be removed', state: null, by: 'forget' },
  { lock: 'rollback', during: 'it was gone back to', state: null, by: 'go-back' },
];

for (const { lock, during, state, by } of KILLED) {
  labTest(`a snapshot whose task was killed while ${during} is taken away, and its lock`, async () => {
    await borrow(110, DEAD);
    if (by === 'go-back') await change(110);
    const file = '/etc/pve/nodes/pve/qemu-server/110.conf';
    if (state !== null) await does('sed', '-i', `s/^snaptime: /snapstate: ${state}\\n&/`, file);
    await does('sed', '-i', `0,/^memory:/s//lock: ${lock}\\n&/`, file);
    const { left, tried } = await cleanNode(node, ALL);
    expect(tried).toMatchObject([{ error: null, item: { fate: { removal: { by, unlock: true } } } }]);
    expect(left).toEqual([]);
  });
}

labTest('a lock that is not of a run stays, and a VM without a name is nobody’s', async () => {
  await clone(9100, DEAD);
  await does('qm', 'clone', '9001', '9101', '--name', 'x');
  await does('sh', '-c', 'printf "lock: clone\\n" > /etc/pve/nodes/pve/qemu-server/9102.conf');
  await lab.faults.set('vm-locked', { vmid: 9100, word: 'backup' });
  lab.faults.clear('vm-locked');
  const before = await everything();
  const { left } = await cleanNode(node, ALL);
  expect(kinds(left)).toEqual({ 'vm 9100': 'stays', 'nameless 9102': 'unknown' });
  expect(await everything()).toEqual(before);
  for (const vmid of ['9100', '9101', '9102']) {
    await does('qm', 'unlock', vmid);
    await does('qm', 'destroy', vmid);
  }
});

labTest(
  'a clone that was killed before it had a name is known by the note of its run, and goes with its disk',
  async () => {
    const text = '# qmclone temporary file\\nlock: clone\\n';
    await does('sh', '-c', `printf "${text}" > /etc/pve/nodes/pve/qemu-server/9102.conf`);
    write('var/lib/vz/images/9102/vm-9102-disk-0.qcow2', 'half a disk');
    write('run/code43/9102.clone', `${DEAD}\n`);
    write('run/code43/9103.clone', `${DEAD}\n`);
    const { left, tried } = await cleanNode(node, ALL);
    expect(tried.map(({ item, error }) => [keyOf(item), error])).toEqual([
      ['vm 9102', null],
      ['note 9103', null],
    ]);
    expect(left).toEqual([]);
  },
);

labTest('one that cannot be removed keeps no other from it, and is said to be there', async () => {
  const rom = placeRom(DEAD);
  await does('mount', '--bind', `/usr/share/kvm/${rom}`, `/usr/share/kvm/${rom}`);
  deadLease('0000:00:02.0');
  const { left, tried } = await cleanNode(node, ALL);
  expect(tried.map(({ error }) => error)).toEqual([expect.stringMatching(/^rm said .*busy/) as string, null]);
  expect(kinds(left)).toEqual({ [`rom ${rom}`]: 'remove' });
  expect(isClean(left)).toBe(false);
  await does('umount', `/usr/share/kvm/${rom}`);
  expect((await cleanNode(node, ALL)).left).toEqual([]);
});

/** Makes the node believe that a process of it is a task. */
async function taskOf(pid: string, type: string, id: string): Promise<void> {
  const stat = (await lab.run(['cat', `/proc/${pid}/stat`])).stdout;
  const began = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  const numbers = [pid, began, Date.now() / 1000].map((n) =>
    Math.floor(Number(n)).toString(16).toUpperCase(),
  );
  const upid = `UPID:pve:${numbers.map((n) => n.padStart(8, '0')).join(':')}:${type}:${id}:root@pam:`;
  write(`var/log/pve/tasks/${numbers[2]?.slice(-1) ?? ''}/${upid}`, '');
  write('var/log/pve/tasks/active', `${upid} 0\n`);
}

labTest('a half-made clone stays while the node may be at it, and then its lock goes with it', async () => {
  await clone(9100, DEAD);
  await lab.faults.set('vm-locked', { vmid: 9100, word: 'clone' });
  lab.faults.clear('vm-locked');
  const task = lab.run(['sleep', '1000']);
  await expect.poll(async () => (await lab.run(['pgrep', '-x', 'sleep'])).code).toBe(0);
  await taskOf((await lab.run(['pgrep', '-x', 'sleep'])).stdout.trim(), 'qmclone', '9001');
  expect(kinds((await cleanNode(node, ALL)).left)).toEqual({ 'vm 9100': 'busy' });
  let killed = Promise.resolve();
  const { left, tried } = await cleanNode(node, {
    ...ALL,
    wait: 60,
    onWait: () => {
      killed = does('pkill', '-x', 'sleep');
    },
  });
  await killed;
  expect(tried).toMatchObject([
    { error: null, item: { fate: { removal: { by: 'destroy', unlock: true } } } },
  ]);
  expect(left).toEqual([]);
  await task;
});

test.skipIf(existsSync('/etc/pve'))('a machine that is no node is not taken for an empty one', async () => {
  const machine = new LocalMachine();
  const look = cleanNode({ node: machine, manager: new QmManager(machine) }, { ...ALL, dryRun: true });
  await expect(look).rejects.toThrow(NotLookedAt);
});
