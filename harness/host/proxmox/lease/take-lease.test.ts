import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect } from 'vitest';
import { alive } from '../../../test/alive.ts';
import { needs } from '../../../test/tier.ts';
import { LeaseFailed, LeaseHeld, LeaseLost } from './lease-errors.ts';
import type { LeaseHolder } from './lease-holder.ts';
import type { Lease, LeaseRequest } from './lease.ts';
import { takeLease } from './take-lease.ts';
import { leasedMachine } from './leased-machine.ts';
import { plainMachine } from './plain-machine.fixture.ts';

const leaseTest = needs('perl');
const root = mkdtempSync(join(tmpdir(), 'code43-lease-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

const limits = { beat: 0.2, trust: 6, hold: 7 };
const address = '0000:00:02.0';
const ann = { address, owner: 'ann@desk', purpose: 'runs n100-q35', run: 'run-a', wait: 0 };
const bob = { address, owner: 'bob@ci', purpose: 'runs uhd630', run: 'run-b', wait: 60 };

let count = 0;
const fresh = (): string => join(root, String((count += 1)));
const fileOf = (directory: string): string => join(directory, `${address}.lease`);
const take = (directory: string, request: LeaseRequest, machine = plainMachine()): Promise<Lease> =>
  takeLease(machine, request, { directory, limits });

leaseTest('a lease names its owner while it lasts, and leaves nothing when it is let go of', async () => {
  const directory = fresh();
  const machine = plainMachine();
  const lease = await take(directory, ann, machine);
  expect(lease.left).toBeNull();
  expect(readFileSync(fileOf(directory), 'utf8')).toContain('ann@desk');
  const holder = machine.followed[0]?.holder() ?? 0;
  expect(alive(holder)).toBe(true);
  lease.check();
  await lease[Symbol.asyncDispose]();
  expect(existsSync(fileOf(directory))).toBe(false);
  expect(alive(holder)).toBe(false);
  expect(lease.signal.aborted).toBe(false);
  expect(() => {
    lease.check();
  }).toThrow(LeaseLost);
});

leaseTest(
  'another owner is refused, told who holds it, and the message keeps the name to itself',
  async () => {
    const directory = fresh();
    await using lease = await take(directory, { ...ann, owner: 'änn@desk' });
    const second = take(directory, { ...bob, wait: 0 });
    await expect(second).rejects.toThrow(
      /0000:00:02\.0 on this machine is held by run run-a, which runs n100-q35, for \d+ s;/,
    );
    const error: unknown = await second.catch((reason: unknown) => reason);
    if (!(error instanceof LeaseHeld)) throw new Error('expected LeaseHeld');
    expect(error.holder).toMatchObject({ owner: 'änn@desk', purpose: 'runs n100-q35', run: 'run-a' });
    expect(error.message).not.toContain('nn@desk');
    lease.check();
  },
);

leaseTest('who waits is told for whom, and gets the lease when it is let go of', async () => {
  const directory = fresh();
  const lease = await take(directory, ann);
  const told: LeaseHolder[] = [];
  const toldTwice = new AbortController();
  const waiting = take(directory, {
    ...bob,
    onWait: (holder) => {
      told.push(holder);
      if (told.length === 2) toldTwice.abort();
    },
  });
  await once(toldTwice.signal, 'abort');
  lease.check();
  expect(told.map(({ owner }) => owner)).toEqual(['ann@desk', 'ann@desk']);
  await lease[Symbol.asyncDispose]();
  await using second = await waiting;
  second.check();
});

leaseTest('a wait ends when its time is over, and at once by its signal', async () => {
  const directory = fresh();
  await using lease = await take(directory, ann);
  await expect(take(directory, { ...bob, wait: 2 })).rejects.toThrow(/for \d+ s after 2 s of waiting;/);
  const stop = new AbortController();
  const waiting = take(directory, {
    ...bob,
    signal: stop.signal,
    onWait: () => {
      stop.abort(new Error('enough'));
    },
  });
  await expect(waiting).rejects.toThrow('enough');
  lease.check();
});

leaseTest('several processes that want it have it one after the other', async () => {
  const directory = fresh();
  const owners = ['a', 'b', 'c', 'd'].map(() => ownerProcess(directory, 'brief'));
  const codes = await Promise.all(owners.map(({ exited }) => exited));
  expect(codes).toEqual([0, 0, 0, 0]);
  expect(existsSync(fileOf(directory))).toBe(false);
});

leaseTest('the lease of a process that is killed goes to who waits, with word of who died', async () => {
  const directory = fresh();
  const owner = ownerProcess(directory);
  await owner.said('held');
  owner.child.kill('SIGKILL');
  await using lease = await take(directory, bob);
  expect(lease.left?.owner).toBe(`owner-${owner.child.pid}@test`);
});

leaseTest('a process that is stopped knows, when it goes on, that its lease may be gone', async () => {
  const directory = fresh();
  const owner = ownerProcess(directory);
  await owner.said('held');
  owner.child.kill('SIGSTOP');
  await using lease = await take(directory, bob);
  owner.child.kill('SIGCONT');
  await owner.said('LeaseLost');
  lease.check();
  owner.child.kill('SIGKILL');
  await owner.exited;
});

for (const [how, cut] of [
  ['is cut on the node alone', 'cutForHolder'],
  ['falls silent', 'holdUp'],
] as const)
  leaseTest(`an owner whose connection ${how} stops before another gets the lease`, async () => {
    const directory = fresh();
    const machine = plainMachine();
    const lease = await take(directory, ann, machine);
    machine.followed[0]?.[cut]();
    lease.check();
    await expect(take(directory, { ...bob, wait: 0 })).rejects.toThrow(LeaseHeld);
    await using second = await take(directory, bob);
    expect(() => {
      lease.check();
    }).toThrow(/is lost: nothing certain was heard of it for 6 s/);
    expect(lease.signal.reason).toBeInstanceOf(LeaseLost);
    second.check();
    await lease[Symbol.asyncDispose]();
    second.check();
  });

leaseTest(
  'where the holder is killed the owner learns of it, and the node runs nothing more for it',
  async () => {
    const directory = fresh();
    const machine = plainMachine();
    const lease = await take(directory, ann, machine);
    const leased = leasedMachine(machine, lease);
    expect(await leased.run(['echo', 'two words', '$HOME'], { seconds: 20 })).toMatchObject({
      code: 0,
      stdout: 'two words $HOME\n',
    });
    const lost = once(lease.signal, 'abort');
    process.kill(machine.followed[0]?.holder() ?? 0, 'SIGKILL');
    const late = await machine.run(lease.fenced(['touch', join(directory, 'done')]), { seconds: 20 });
    expect(late.code).toBe(43);
    await lost;
    await expect(leased.run(['true'], { seconds: 20 })).rejects.toThrow(
      /is lost: its holder ended \(exit code 137\)/,
    );
    await using second = await take(directory, bob);
    const after = await machine.run(lease.fenced(['touch', join(directory, 'done')]), { seconds: 20 });
    expect(after).toMatchObject({
      code: 43,
      stderr: `code43: the lease of ${address} is not ours any more\n`,
    });
    expect(existsSync(join(directory, 'done'))).toBe(false);
    expect((await machine.run(second.fenced(['touch', join(directory, 'done')]), { seconds: 20 })).code).toBe(
      0,
    );
  },
);

leaseTest(
  'an owner whose connection ends knows at once, and nobody else has the lease any sooner',
  async () => {
    const directory = fresh();
    const machine = plainMachine();
    const lease = await take(directory, ann, machine);
    const lost = once(lease.signal, 'abort');
    machine.followed[0]?.cutForOwner();
    await lost;
    expect(() => {
      lease.check();
    }).toThrow(/is lost: its holder can no longer be heard/);
    await expect(take(directory, { ...bob, wait: 0 })).rejects.toThrow(LeaseHeld);
    machine.followed[0]?.cutForHolder();
    await using second = await take(directory, bob);
    second.check();
  },
);

leaseTest('a lease whose file is taken away under it is lost', async () => {
  const directory = fresh();
  const lease = await take(directory, ann);
  const lost = once(lease.signal, 'abort');
  rmSync(fileOf(directory));
  await lost;
  expect(() => {
    lease.check();
  }).toThrow(/lease was taken away/);
  await lease[Symbol.asyncDispose]();
});

leaseTest('rubbish in the file hinders nobody', async () => {
  for (const rubbish of ['\u001b[31m\0\n{"owner":', 'x'.repeat(100_000), '1 2 {"owner":1}', '']) {
    const directory = fresh();
    mkdirSync(directory);
    writeFileSync(fileOf(directory), rubbish);
    const held = spawn('flock', [fileOf(directory), 'sh', '-c', 'echo ready; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    await once(held.stdout, 'data');
    await expect(take(directory, { ...bob, wait: 0 })).rejects.toThrow(/somebody whose words cannot be read/);
    process.kill(-(held.pid ?? 0), 'SIGKILL');
    await using lease = await take(directory, bob);
    expect(lease.left?.owner ?? null).toBeNull();
    lease.check();
  }
});

leaseTest('a place that others may write to, or that leads elsewhere, is refused', async () => {
  const open = fresh();
  mkdirSync(open);
  chmodSync(open, 0o777);
  await expect(take(open, ann)).rejects.toThrow(LeaseFailed);
  const linked = fresh();
  mkdirSync(linked);
  symlinkSync(join(root, 'elsewhere'), fileOf(linked));
  await expect(take(linked, ann)).rejects.toThrow(/open .*lease/);
  expect(existsSync(join(root, 'elsewhere'))).toBe(false);
});

leaseTest(
  'words and addresses that cannot stand in a lease are refused before anything is started',
  async () => {
    const machine = plainMachine();
    for (const wrong of [
      { address: '00:02.0' },
      { address: '../0000:00:02.0' },
      { owner: 'a\nb' },
      { run: '' },
    ])
      await expect(take(fresh(), { ...ann, ...wrong }, machine)).rejects.toThrow(RangeError);
    expect(machine.followed).toEqual([]);
  },
);

interface OwnerProcess {
  readonly child: ReturnType<typeof spawn>;
  readonly exited: Promise<number | null>;
  /** Resolves when it has said that line. */
  said(line: string): Promise<void>;
}

function ownerProcess(directory: string, ...how: readonly string[]): OwnerProcess {
  const script = fileURLToPath(new URL('./lease-owner.fixture.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, directory, ...how], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => void (text += chunk.toString()));
  const exited = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : null));
  return {
    child,
    exited,
    said: (line) => expect.poll(() => text, { timeout: 60_000 }).toContain(`${line}\n`),
  };
}
