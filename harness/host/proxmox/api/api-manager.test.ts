import { expect, onTestFinished, test } from 'vitest';
import { answeringNode, type Given, SECRET } from '../manager/answering-node.fixture.ts';
import type { Retry } from '../manager/lock-retries.ts';
import { DIGEST, type Prepared, vmManagerContract } from '../manager/vm-manager.contract.fixture.ts';
import { ApiManager, type ApiOptions } from './api-manager.ts';
import type { Credentials } from './credentials.ts';

const minute = { seconds: 60 };
const digest = { digest: DIGEST };
const ROOT_TOKEN: Credentials = { kind: 'token', id: 'root@pam!harness', secret: SECRET };
const ROOT: Credentials = { kind: 'login', user: 'root@pam', password: 'PLACEHOLDER' };
const token = (id: string): Credentials => ({ kind: 'token', id, secret: SECRET });

async function apiWith(
  given: readonly Given[],
  options: Partial<ApiOptions> = {},
): Promise<Prepared & { readonly node: Awaited<ReturnType<typeof answeringNode>> }> {
  const node = await answeringNode(given);
  const retries: Retry[] = [];
  const manager = new ApiManager({
    origin: node.origin,
    trust: { by: 'fingerprint', sha256: node.fingerprint },
    credentials: ROOT_TOKEN,
    node: 'pve',
    onRetry: (retry) => retries.push(retry),
    ...options,
  });
  onTestFinished(() => manager[Symbol.asyncDispose]());
  return { manager, retries, node };
}

function answering(...given: readonly Given[]): () => Promise<Prepared> {
  return () => apiWith(given);
}

/** A task as it was recorded: the call, its status, and its log, of which one page is asked for. */
function task(name: string, plus: Readonly<Record<string, string>> = {}): readonly Given[] {
  return [
    { from: name, plus },
    `${name}-status`,
    { from: `${name}-log`, plus: { start: '0', limit: '500' } },
  ];
}

const page = { start: '0', limit: '500' };
const config114: Given = 'm5a';
const linked = { full: '0', description: 'of a run' };

vmManagerContract('the API', {
  versions: { pve: '9.2.11', kernel: '6.0.0-1-pve', prepare: answering('m01', 'http-node-status') },
  list: { vmids: [100, 102, 110, 112, 114], prepare: answering('m02') },
  nextId: { vmid: 101, prepare: answering('http-nextid') },
  config: { vmid: 110, prepare: answering('m03') },
  set: {
    vmid: 114,
    set: { memory: '256', description: 'äöü – 日' },
    prepare: answering(config114, { from: 'm59', plus: digest }),
  },
  remove: {
    vmid: 110,
    keys: ['hostpci0'],
    prepare: answering('m03', { from: 'm43e', plus: digest, as: 'root@pam!harness' }),
  },
  setStale: { vmid: 114, set: { memory: '256' }, prepare: answering(config114, 'm5b') },
  setLocked: {
    vmid: 114,
    set: { memory: '260' },
    prepare: answering(config114, { from: 'm54', plus: digest }),
  },
  setWaits: {
    vmid: 114,
    set: { memory: '256', description: 'äöü – 日' },
    prepare: answering(config114, { from: 'http-set-waits', plus: digest }, config114, {
      from: 'm59',
      plus: digest,
    }),
  },
  noSuchVm: { vmid: 999, prepare: answering('m07') },
  running: { vmid: 119, pid: 3013, prepare: answering('m66') },
  stopped: null,
  paused: null,
  start: { vmid: 119, prepare: answering(...task('m64')) },
  startFails: { vmid: 119, said: 'kvm: -nosuchoption: invalid option', prepare: answering(...task('m62')) },
  startTwice: { vmid: 119, prepare: answering(...task('m65')) },
  startLocked: {
    vmid: 114,
    prepare: answering('m55', 'http-start-locked-status', { from: 'http-start-locked-log', plus: page }),
  },
  startWaits: {
    vmid: 119,
    tries: 1,
    prepare: answering(
      ...['http-start-waits', 'http-start-waits-running', 'http-start-waits-status'],
      { from: 'http-start-waits-log', plus: page },
      ...task('m64'),
    ),
  },
  startLost: {
    vmid: 119,
    prepare: answering({ from: 'm64', lost: true }, ...['m01', 'http-tasks-of-start', 'm64-status'], {
      from: 'm64-log',
      plus: page,
    }),
  },
  stop: { vmid: 119, prepare: answering(...task('m85')) },
  shutdown: { vmid: 119, prepare: answering(...task('m84')) },
  reset: { vmid: 119, prepare: answering(...task('m81')) },
  snapshots: { vmid: 119, names: ['live', 'clean'], prepare: answering('m88') },
  snapshot: {
    vmid: 119,
    name: 'clean',
    description: 'of a run: ä & 日=%\n+',
    prepare: answering(...task('m87', { description: 'of a run: ä & 日=%\n+' })),
  },
  rollback: { vmid: 119, name: 'clean', prepare: answering(...task('m89')) },
  rollbackMissing: { vmid: 119, name: 'nosuch', prepare: answering(...task('m8a')) },
  removeSnapshot: { vmid: 119, name: 'clean', prepare: answering(...task('m8b')) },
  clone: {
    vmid: 119,
    to: 125,
    name: 'apilink',
    description: 'of a run',
    prepare: answering(...task('m8d', linked)),
  },
  cloneTaken: {
    vmid: 110,
    to: 100,
    name: 'x',
    description: 'of a run',
    prepare: answering({ from: 'http-clone-taken', plus: { ...linked, name: 'x' } }),
  },
  destroy: { vmid: 125, prepare: answering(...task('m91')) },
  destroyRunning: { vmid: 127, prepare: answering('http-destroy-running') },
  destroyUnknown: { vmid: 119, prepare: answering('m93') },
});

test('who has no right gets an empty list from the node, and a refusal from us', async () => {
  const { manager } = await apiWith(['m32', 'http-no-permissions'], {
    credentials: token('harness@pve!sep'),
  });
  await expect(manager.list(minute)).rejects.toMatchObject({
    name: 'PveDenied',
    message: expect.stringContaining('give VM.Audit on /vms') as string,
  });
});

test('a pool without VMs has an empty list', async () => {
  const { manager } = await apiWith(['m32', 'http-pool-permissions'], {
    credentials: token('harness@pve!sep'),
  });
  expect(await manager.list(minute)).toEqual([]);
});

test('a missing privilege is named, with whom to give it to', async () => {
  const { manager } = await apiWith(['m33'], { credentials: token('harness@pve!sep') });
  await expect(manager.start(110, minute)).rejects.toMatchObject({
    name: 'PveDenied',
    words: 'Permission check failed (/vms/110, VM.PowerMgmt)',
    message: expect.stringContaining('give VM.PowerMgmt on /vms/110 to the token') as string,
  });
});

test('without Sys.Audit the kernel is not told', async () => {
  const { manager } = await apiWith(['m01', 'http-node-status-denied']);
  expect(await manager.versions(minute)).toEqual({ pve: '9.2.11', kernel: null });
});

test.each([
  ['args', { set: { args: '-S' } }],
  ['hostpci0', { set: { hostpci0: '0000:00:02.0' } }],
  ['hostpci0', { set: { hostpci0: 'mapping=igpu,romfile=igd.rom' } }],
])('not even a token of root@pam is let try to change %s (%j)', async (key, change) => {
  const { manager, node } = await apiWith(['m03']);
  const asked = manager.set(110, { ...change, digest: DIGEST }, minute);
  await expect(asked).rejects.toMatchObject({ name: 'PveDenied' });
  await expect(asked).rejects.toThrow(new RegExp(`${key} .*as root on the node.*template`));
  expect(node.questions.map(({ method }) => method)).toEqual(['GET']);
});

test('what stands in the API’s way is refused without asking it', async () => {
  const { manager, node } = await apiWith([]);
  for (const asked of [manager.commandLine(110, minute), manager.unlock(110, minute)])
    await expect(asked).rejects.toMatchObject({ name: 'PveDenied' });
  expect(node.questions).toEqual([]);
});

test('root with a password may set what only root may, after one login', async () => {
  const { manager, node } = await apiWith(
    ['m29', { from: 'm51', plus: digest }, { from: 'm52', plus: digest }],
    { credentials: ROOT },
  );
  expect(manager.isRoot).toBe(true);
  await manager.set(114, { set: { hostpci0: '0000:00:02.0,romfile=igd.rom' }, digest: DIGEST }, minute);
  await manager.set(114, { remove: ['hostpci0', 'args'], digest: DIGEST }, minute);
  expect(node.questions.map(({ as }) => as)).toEqual(['none', 'root@pam', 'root@pam']);
});

test('only a password login of root@pam is root', async () => {
  for (const [credentials, root] of [
    [ROOT, true],
    [ROOT_TOKEN, false],
    [{ ...ROOT, user: 'root@pve' }, false],
    [token('harness@pve!full'), false],
  ] as const) {
    expect((await apiWith([], { credentials })).manager.isRoot).toBe(root);
  }
});

test('a ticket is renewed before its two hours are over, and not before', async () => {
  let time = Date.UTC(2026, 10, 22);
  const { manager } = await apiWith(
    ['m29', 'm01', 'm01', 'm29', 'm01', { from: 'http-node-status', always: true }].map((given) =>
      given === 'm01' ? { from: 'm01', as: 'root@pam' } : given,
    ),
    {
      credentials: ROOT,
      now: () => time,
    },
  );
  await manager.versions(minute);
  time += 99 * 60_000;
  await manager.versions(minute);
  time += 2 * 60_000;
  await manager.versions(minute);
});

test('a ticket that the node does not take any more is replaced once', async () => {
  const config: Given = { from: 'm03', as: 'root@pam' };
  const refused: Given = { from: 'm26', as: 'root@pam' };
  const { manager, retries } = await apiWith(
    ['m29', 'm88', refused, 'm29', { from: 'm02', as: 'root@pam' }].map((given) =>
      given === 'm88' ? config : given,
    ),
    { credentials: ROOT },
  );
  await manager.config(110, minute);
  expect(await manager.list(minute)).toHaveLength(5);
  expect(retries).toMatchObject([{ words: 'Authentication failed!' }]);
});

test('two that ask at once wait for one login', async () => {
  const { manager } = await apiWith(
    ['m29', { from: 'm03', as: 'root@pam' }, { from: 'm02', as: 'root@pam' }],
    { credentials: ROOT },
  );
  await Promise.all([manager.config(110, minute), manager.list(minute)]);
});

test('a wrong password is told once, and never shown', async () => {
  const { manager } = await apiWith(['m27'], { credentials: { ...ROOT, password: 'wrong' } });
  const asked = manager.list(minute);
  await expect(asked).rejects.toMatchObject({ name: 'PveDenied', words: 'authentication failure' });
  await expect(asked).rejects.not.toThrow('wrong');
});

test('a user with a second factor is told what to use instead', async () => {
  const { manager } = await apiWith(['http-login-second-factor'], { credentials: ROOT });
  await expect(manager.list(minute)).rejects.toThrow(/root@pam has a second factor; use a token/);
});

test('a token that is none any more is refused', async () => {
  const { manager } = await apiWith([{ from: 'm21', as: 'root@pam!harness' }]);
  await expect(manager.list(minute)).rejects.toMatchObject({
    name: 'PveDenied',
    words: 'Authentication failed!',
  });
});

test('the only node of a cluster needs no name, and one of two does', async () => {
  const only = await apiWith(['http-nodes', 'm02'], { node: undefined });
  expect(await only.manager.list(minute)).toHaveLength(5);
  const two = await apiWith(['http-two-nodes'], { node: undefined });
  await expect(two.manager.list(minute)).rejects.toThrow(/pve, pve2: say which `node`/);
});

test('a call that the API could not hand on is looked for in the task list', async () => {
  const { manager } = await apiWith([
    ...['http-start-broken', 'm01', 'http-tasks-of-start', 'm64-status'],
    { from: 'm64-log', plus: page },
  ]);
  expect(await manager.start(119, minute)).toMatchObject({ ok: true });
});

test('a look at a task that is lost is made again', async () => {
  const { manager, retries } = await apiWith([
    'm64',
    { from: 'm64-status', lost: true },
    'm64-status',
    { from: 'm64-log', plus: page, lost: true },
    { from: 'm64-log', plus: page },
  ]);
  expect(await manager.start(119, minute)).toMatchObject({ ok: true });
  expect(retries).toHaveLength(2);
});

test('a task that does not end in time is named', async () => {
  const running: Given = { from: 'http-start-waits-running', always: true };
  const { manager } = await apiWith(['http-start-waits', running]);
  await expect(manager.start(119, { seconds: 0.7 })).rejects.toMatchObject({
    name: 'PveLate',
    upid: 'UPID:pve:00000BB7:00079350:6B02ED20:qmstart:119:root@pam!harness:',
  });
});

test('an abort ends the wait for a task with its own reason', async () => {
  const stop = new AbortController();
  const running: Given = { from: 'http-start-waits-running', always: true };
  const { manager, node } = await apiWith(['http-start-waits', running]);
  const asked = manager.start(119, { seconds: 60, signal: stop.signal });
  asked.catch(() => undefined);
  await expect.poll(() => node.questions.length).toBeGreaterThan(1);
  stop.abort(new Error('enough'));
  await expect(asked).rejects.toThrow('enough');
});

test('a node with another certificate is asked nothing', async () => {
  const { manager, node } = await apiWith([], { trust: { by: 'fingerprint', sha256: '0'.repeat(64) } });
  await expect(manager.list(minute)).rejects.toMatchObject({
    name: 'PveUntrusted',
    message: expect.stringContaining('pvenode cert info') as string,
  });
  expect(node.count()).toBe(0);
});
