import { expect, test } from 'vitest';
import { answeringMachine, type Given } from '../manager/answering-machine.fixture.ts';
import type { Retry } from '../manager/lock-retries.ts';
import { DIGEST, type Prepared, vmManagerContract } from '../manager/vm-manager.contract.fixture.ts';
import { QmManager } from './qm-manager.ts';

const minute = { seconds: 60 };
const digest = ['--digest', DIGEST];

function answering(...given: readonly Given[]): () => Promise<Prepared & { readonly asked: string[][] }> {
  return () => {
    const retries: Retry[] = [];
    const machine = answeringMachine(given);
    const manager = new QmManager(machine, { onRetry: (retry) => retries.push(retry) });
    return Promise.resolve({ manager, retries, asked: machine.asked });
  };
}

const firstPage = ['--start', '0', '--limit', '500'];
const linked = ['--full', '0', '--description', 'of a run'];

vmManagerContract('qm', {
  versions: { pve: '9.2.11', kernel: '6.0.0-1-pve', prepare: answering('a01') },
  list: { vmids: [100, 102], prepare: answering('uname', 'a12') },
  nextId: { vmid: 101, prepare: answering('a08') },
  config: { vmid: 110, prepare: answering('uname', 'b16') },
  set: { vmid: 110, set: { cores: '2', tags: 'a;b' }, prepare: answering({ from: 'b13', plus: digest }) },
  remove: {
    vmid: 110,
    keys: ['hostpci0', 'machine', 'tags'],
    prepare: answering({ from: 'b28', plus: digest }),
  },
  setStale: { vmid: 110, set: { cores: '1' }, prepare: answering('b31') },
  setLocked: { vmid: 110, set: { cores: '1' }, prepare: answering({ from: 'k11', plus: digest }) },
  setWaits: {
    vmid: 110,
    set: { cores: '1' },
    prepare: answering({ from: 'k01', plus: digest }, { from: 'k03', plus: digest }),
  },
  noSuchVm: { vmid: 999, prepare: answering('uname', 'a21') },
  running: { vmid: 110, pid: 628, prepare: answering('uname', 'd14') },
  stopped: { vmid: 110, lock: 'backup', prepare: answering('uname', 'k20') },
  paused: { vmid: 110, prepare: answering('uname', 'd28') },
  start: { vmid: 110, prepare: answering('d05') },
  startFails: {
    vmid: 112,
    said: 'failed to find romfile "/usr/share/kvm/nosuch.rom"',
    prepare: answering('e06'),
  },
  startTwice: { vmid: 110, prepare: answering('d09') },
  startLocked: { vmid: 110, prepare: answering('k10') },
  startWaits: { vmid: 110, tries: 2, prepare: answering('k02', 'k02', 'd05') },
  startLost: {
    vmid: 110,
    prepare: answering({ from: 'd05', lost: true }, ...['uname', 'date', 'tasks-of-start', 'd08-status'], {
      from: 'd08-log',
      plus: firstPage,
    }),
  },
  stop: { vmid: 110, prepare: answering('g05') },
  shutdown: { vmid: 110, prepare: answering('g01') },
  reset: { vmid: 110, prepare: answering('g15') },
  snapshots: { vmid: 110, names: ['clean'], prepare: answering('uname', 'h03') },
  snapshot: {
    vmid: 110,
    name: 'clean',
    description: 'before: tests\nä second line',
    prepare: answering('h01'),
  },
  rollback: { vmid: 110, name: 'clean', prepare: answering('h16') },
  rollbackMissing: { vmid: 110, name: 'nosuch', prepare: answering('h14') },
  removeSnapshot: { vmid: 110, name: 'second', prepare: answering('h27') },
  clone: {
    vmid: 121,
    to: 122,
    name: 'linked',
    description: 'of a run',
    prepare: answering({ from: 'j11', plus: linked }),
  },
  cloneTaken: {
    vmid: 110,
    to: 100,
    name: 'linked',
    description: 'of a run',
    prepare: answering({ from: 'j06', plus: ['--name', 'linked', ...linked] }),
  },
  destroy: { vmid: 120, prepare: answering('j30') },
  destroyRunning: { vmid: 122, prepare: answering('j23') },
  destroyUnknown: { vmid: 122, prepare: answering('j27') },
});

test('QEMU’s command line is told, and a lock taken away', async () => {
  const { manager } = await answering('c01', 'k22')();
  expect(await manager.commandLine(110, minute)).toMatch(/^\/usr\/bin\/kvm -id 110 .*[^\n]$/);
  await manager.unlock(110, minute);
});

test('the half of a snapshot that was killed is removed by force, and what it warns of is told', async () => {
  const { manager } = await answering('k45')();
  const end = await manager.removeHalfSnapshot(110, 'broken', minute);
  expect(end.ok).toBe(true);
  expect(end.log[0]).toContain("name 'broken' does not exist on device 'drive-scsi0'");
});

test('a device that another VM has is told in the task’s own words', async () => {
  const { manager } = await answering('e03')();
  expect(await manager.start(114, minute)).toEqual({
    ok: false,
    exitstatus: "PCI device '0000:00:02.0' already in use by VMID '112'",
    log: ["TASK ERROR: PCI device '0000:00:02.0' already in use by VMID '112'"],
  });
});

test('a reset that failed is in the log of a start that went well', async () => {
  const { manager } = await answering('e12')();
  const end = await manager.start(112, minute);
  expect(end.ok).toBe(true);
  expect(end.log.join('\n')).toContain("failed to reset PCI device '0000:00:02.0'");
});

test('warnings are well', async () => {
  const { manager } = await answering('start-with-warnings')();
  expect(await manager.start(110, minute)).toMatchObject({ ok: true, exitstatus: 'WARNINGS: 1' });
});

test('a shutdown that the guest did not follow is an answer, and so is a reset of a stopped VM', async () => {
  const { manager } = await answering('g23', 'g07')();
  expect(await manager.shutdown(110, { seconds: 10 })).toMatchObject({
    ok: false,
    exitstatus: 'VM quit/powerdown failed - got timeout',
  });
  expect(await manager.reset(110, minute)).toMatchObject({ ok: false, exitstatus: 'VM 110 not running' });
});

test('a shutdown of a stopped VM is well', async () => {
  const { manager } = await answering({ from: 'g04', plus: ['--timeout', '54'] })();
  expect(await manager.shutdown(110, minute)).toMatchObject({ ok: true });
});

test('a full clone says so', async () => {
  const { manager } = await answering({ from: 'j01', plus: ['--description', '', '--pool', 'ci'] })();
  const options = { name: 'full', full: true, description: '', pool: 'ci' };
  expect(await manager.clone(110, 120, options, minute)).toMatchObject({ ok: true });
});

test('templates are told from VMs', async () => {
  const { manager } = await answering('uname', 'j17')();
  const templates = (await manager.list(minute)).filter(({ template }) => template);
  expect(templates.map(({ vmid }) => vmid)).toEqual([121]);
});

test('a lock that is not let go ends with the words that came, before the deadline', async () => {
  const { manager, retries } = await answering('e44b')();
  // Ten seconds are what one try takes, so there is no time for a second.
  const end = await manager.stop(112, { seconds: 5 });
  expect(end.exitstatus).toBe("can't lock file '/var/lock/qemu-server/lock-112.conf' - got timeout");
  expect(retries).toEqual([]);
});

test('a wrong parameter is refused with all that is said of it', async () => {
  const { manager } = await answering({ from: 'b29', plus: digest })();
  const asked = manager.set(110, { remove: ['nosuchkey'], digest: DIGEST }, minute);
  await expect(asked).rejects.toMatchObject({
    reason: 'bad-parameter',
    words: "400 Parameter verification failed.\ndelete: unknown option 'nosuchkey'",
  });
});

test('a command that was lost before it began a task stays lost', async () => {
  const looks = ['date', 'tasks-none'].map((from) => ({ from, always: true }));
  const machine = answeringMachine([{ from: 'd05', lost: true }, 'uname', ...looks]);
  const asked = new QmManager(machine).start(110, minute);
  await expect(asked).rejects.toMatchObject({
    name: 'ConnectionLost',
    message: /the node has no task of it/,
  });
});

test('a node that stays away is waited for until the deadline', async () => {
  const away = { from: 'uname', lost: true, always: true };
  const { manager, retries } = await answering(
    { from: 'd05', lost: true },
    { from: 'date', always: true },
    away,
  )();
  const asked = manager.start(110, { seconds: 2.5 });
  await expect(asked).rejects.toMatchObject({ name: 'ConnectionLost' });
  expect(retries.length).toBeGreaterThan(1);
});
