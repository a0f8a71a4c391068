import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, beforeEach, expect } from 'vitest';
import { AgentGone, AgentSilent, GuestAgent } from '../wire/guest-agent.ts';
import { run } from '../wire/shell.ts';
import { inLab, labHere } from './in-lab.fixture.ts';
import { inventory } from './inventory.ts';
import { type Lab, startLab } from './lab.ts';

const labTest = await inLab('standin-windows');

let lab: Lab;

beforeAll(async () => {
  if (!labHere) return undefined;
  lab = await startLab({ megabytes: 96 });
  return () => lab.stop();
});

beforeEach(() => {
  if (labHere) lab.faults.clearAll();
});

async function does(...argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await lab.run(argv);
  expect(code, `${argv.join(' ')}: ${stderr}`).toBe(0);
  return stdout;
}

function ssh(...words: readonly string[]) {
  return run(['ssh', '-F', lab.sshConfig, lab.destination, ...words], { allowFailure: true, timeout: 60 });
}

labTest('a connection that is cut ends ssh, and what ran there goes on', async () => {
  const command = 'echo begin; sleep 1000; echo end';
  const client = spawn('ssh', ['-F', lab.sshConfig, lab.destination, command], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = text(client.stderr);
  const exit = once(client, 'exit');
  await once(client.stdout, 'data');
  await lab.faults.set('ssh-cut');
  expect(await exit).toEqual([255, null]);
  expect(await said).toMatch(/closed by remote host|Broken pipe|reset by peer/);
  expect(await does('ps', '-eo', 'args')).toContain('sleep 1000');
  await does('pkill', '-x', 'sleep');
});

labTest('connections are refused, or taken and never answered, as long as that is asked for', async () => {
  await lab.faults.set('ssh-refused');
  expect((await ssh('true')).stderr).toContain('Connection refused');
  lab.faults.clear('ssh-refused');
  await expect.poll(async () => (await ssh('true')).code).toBe(0);
  await lab.faults.set('ssh-silent');
  const impatient = ['ssh', '-F', lab.sshConfig, '-o', 'ConnectTimeout=1', lab.destination, 'true'];
  const { code, stderr } = await run(impatient, { allowFailure: true });
  expect({ code, stderr }).toMatchObject({
    code: 255,
    stderr: expect.stringContaining('timed out') as string,
  });
});

labTest('a restart ends all VMs, empties /run, changes the boot id and keeps what is on disk', async () => {
  await does('qm', 'start', '100');
  await does('mkdir', '/run/code43');
  await does('touch', '/run/code43/lease');
  const before = { boot: await does('cat', '/proc/sys/kernel/random/boot_id'), ...(await inventory(lab)) };
  const cursor = (await does('journalctl', '-q', '-n', '0', '--show-cursor'))
    .trim()
    .replace('-- cursor: ', '');
  const watching = lab.run(['journalctl', '-kf', '-n0', '-ojson']);
  await expect.poll(() => does('ps', '-eo', 'args')).toContain('journalctl -kf');
  await lab.faults.set('restart', { seconds: 0.5 });
  expect((await watching).code).toBe(128 + 9);
  await expect.poll(async () => (await ssh('true')).code, { timeout: 20_000 }).toBe(0);
  const after = { boot: await does('cat', '/proc/sys/kernel/random/boot_id'), ...(await inventory(lab)) };
  expect(after).toEqual({ ...before, boot: after.boot, running: [], leases: [] });
  expect(after.boot).toMatch(/^[0-9a-f-]{36}\n$/);
  expect(after.boot).not.toBe(before.boot);
  expect(await does('qm', 'status', '100')).toBe('status: stopped\n');
  expect(await does('journalctl', '--after-cursor', cursor)).toContain('DMAR: IOMMU enabled');
  expect(await does('journalctl', '-k', '-b', '-1', '-o', 'cat')).toContain('DMAR: IOMMU enabled');
});

labTest('a node restarts itself when it is told to', async () => {
  const before = await does('cat', '/proc/sys/kernel/random/boot_id');
  await lab.run(['systemctl', 'reboot']);
  const boot = async (): Promise<string> => (await ssh('cat', '/proc/sys/kernel/random/boot_id')).stdout;
  await expect.poll(boot, { timeout: 20_000 }).toMatch(/^[0-9a-f-]{36}\n$/);
  await expect.poll(boot, { timeout: 20_000 }).not.toBe(before);
});

labTest('a clone that fails half-way takes back what it made', async () => {
  const before = await inventory(lab);
  await lab.faults.set('clone-fails', { times: 1 });
  const { code, stderr } = await lab.run(['qm', 'clone', '9001', '120', '--full']);
  expect({ code, stderr }).toEqual({ code: 255, stderr: expect.stringMatching(/^clone failed: /) as string });
  expect(await inventory(lab)).toEqual(before);
  expect(lab.faults.asked).toEqual([]);
});

labTest('a clone whose task is killed half-way leaves a locked VM and a disk without contents', async () => {
  await lab.faults.set('clone-dies', { times: 1 });
  await lab.run(['qm', 'clone', '9001', '120', '--full', '--name', 'code43-half']);
  expect(await does('qm', 'config', '120')).toBe('description: qmclone temporary file\nlock: clone\n');
  expect((await lab.run(['qm', 'start', '120'])).stderr).toBe('VM is locked (clone)\n');
  expect(Object.keys((await inventory(lab)).images)).toContain('120/vm-120-disk-0.qcow2');
  const [task = ''] = (await does('grep', 'qmclone:9001', '/var/log/pve/tasks/active'))
    .trim()
    .split('\n')
    .slice(-1);
  const status = await does(
    'pvesh',
    'get',
    `/nodes/pve/tasks/${task.split(' ')[0] ?? ''}/status`,
    '--output-format',
    'json',
  );
  expect(JSON.parse(status)).toMatchObject({ status: 'stopped', exitstatus: 'unexpected status' });
  await does('qm', 'unlock', '120');
  await does('qm', 'destroy', '120');
  await does('rm', '-r', '/var/lib/vz/images/120');
});

labTest('a VM that cannot be stopped keeps its lock until its QEMU is killed', async () => {
  await does('qm', 'start', '100');
  await lab.faults.set('stop-hangs', { vmid: 100 });
  const hung = lab.run(['qm', 'stop', '100']);
  const pid = (await does('cat', '/run/qemu-server/100.pid')).trim();
  await expect
    .poll(async () => (await lab.run(['flock', '-n', '/run/lock/qemu-server/lock-100.conf', 'true'])).code)
    .toBe(1);
  await does('kill', '-9', pid);
  expect((await hung).code).toBe(0);
  expect(await does('qm', 'status', '100')).toBe('status: stopped\n');
});

labTest('a full disk takes no ROM and no clone, and leaves no half of either', async () => {
  await lab.faults.set('disk-full', { kilobytes: 192 });
  const before = await inventory(lab);
  const written = await lab.run([
    'dd',
    'if=/dev/zero',
    'of=/usr/share/kvm/code43-x.rom',
    'bs=1k',
    'count=256',
  ]);
  expect(written.stderr).toContain('No space left on device');
  const { code, stderr } = await lab.run(['qm', 'clone', '9001', '120']);
  expect(code).toBe(255);
  expect(stderr).toContain('No space left on device');
  await does('rm', '/usr/share/kvm/code43-x.rom');
  expect(await inventory(lab)).toEqual(before);
  lab.faults.clear('disk-full');
  await expect.poll(async () => (await lab.run(['fallocate', '-l', '1M', '/usr/share/kvm/x'])).code).toBe(0);
  await does('rm', '/usr/share/kvm/x');
});

labTest('a task whose log is lost is a task that nobody knows', async () => {
  await lab.faults.set('task-log-lost', { times: 1 });
  const upid = (await does('pvesh', 'create', '/nodes/pve/qemu/100/status/stop')).trim();
  const { code, stderr } = await lab.run([
    'pvesh',
    'get',
    `/nodes/pve/tasks/${upid}/log`,
    '--output-format',
    'json',
  ]);
  expect({ code, stderr }).toEqual({ code: 255, stderr: expect.stringContaining('no such task') as string });
});

labTest('the guest boots with the fault that it is told to have', async () => {
  await lab.faults.set('guest', { vmid: 110, word: 'no-agent' });
  await does('qm', 'start', '110');
  const socket = connect(join(lab.root, 'run/qemu-server/110.qga'));
  await expect(new GuestAgent(socket).sync({ seconds: 5 })).rejects.toSatisfy(
    (error) => error instanceof AgentSilent || error instanceof AgentGone,
  );
  socket.destroy();
  const cmdline = readFileSync(
    join(lab.root, `proc/${(await does('cat', '/run/qemu-server/110.pid')).trim()}/cmdline`),
    'utf8',
  );
  expect(cmdline).toContain('code43.fault=no-agent');
  await does('qm', 'stop', '110');
});

labTest('a VM that is started again at once meets the clean-up after its last end', async () => {
  await does('qm', 'start', '100');
  await does('qm', 'stop', '100');
  await does('qm', 'start', '100');
  const held = async (): Promise<string> => does('journalctl', '-u', 'qmeventd', '-o', 'cat');
  await expect.poll(held, { timeout: 10_000 }).toContain('still running (or newly started)');
  const { code, stdout } = await lab.run(['qm', 'stop', '100']);
  expect({ code, stdout }).toEqual({ code: 255, stdout: 'trying to acquire lock...\n' });
});

labTest('what is written below /sys has its effect', async () => {
  const driver = async (): Promise<string | null> => (await inventory(lab)).driver;
  const write = (file: string, what: string) => {
    writeFileSync(join(lab.root, 'sys/bus/pci', file), what);
  };
  const first = (await driver()) ?? '';
  write(`drivers/${first}/unbind`, '0000:00:02.0');
  await expect.poll(driver).toBe(null);
  write('drivers/vfio-pci/bind', '0000:00:02.0');
  await expect.poll(driver).toBe('vfio-pci');
  write('devices/0000:00:02.0/reset', '1');
  await expect.poll(() => does('dmesg')).toContain('0000:00:02.0: reset done');
  expect(existsSync('/sys/bus/pci/drivers/vfio-pci/0000:00:02.0')).toBe(false);
});
