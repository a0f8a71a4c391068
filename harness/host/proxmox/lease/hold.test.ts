import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { needs } from '../../../test/tier.ts';
import { Hold } from './hold.ts';
import { LeaseHeld, LeaseLost } from './lease-errors.ts';
import { leasedMachine } from './leased-machine.ts';
import { type PlainMachine, plainMachine } from './plain-machine.fixture.ts';
import { takeLease } from './take-lease.ts';

const leaseTest = needs('perl');
const limits = { beat: 0.2, trust: 6, hold: 7 };
const address = '0000:00:02.0';
const ann = { address, owner: 'ann@desk', purpose: 'runs n100-q35', run: 'run-a', wait: 0 };
const bob = { address, owner: 'bob@ci', purpose: 'runs uhd630', run: 'run-b', wait: 0 };
const limit = { seconds: 20 };

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'code43-hold-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const begin = (machine: PlainMachine): Promise<Hold> =>
  Hold.begin(machine, () => takeLease(machine, ann, { directory, limits }));

/** What a restart does to a lease: its holder is killed, and nothing is left below /run. */
async function restart(hold: Hold, machine: PlainMachine): Promise<void> {
  const lost = hold.signal;
  process.kill(machine.followed[0]?.holder() ?? 0, 'SIGKILL');
  await expect.poll(() => lost.aborted).toBe(true);
  rmSync(directory, { recursive: true });
}

leaseTest('after a restart the node is held anew, by whoever has held it all along', async () => {
  const machine = plainMachine();
  const hold = await begin(machine);
  const node = leasedMachine(machine, hold);
  await restart(hold, machine);
  await expect(node.run(['true'], limit)).rejects.toThrow(LeaseLost);
  await hold.renew();
  expect(hold.signal.aborted).toBe(false);
  expect(await node.run(['echo', 'ours'], limit)).toMatchObject({ code: 0, stdout: 'ours\n' });
  await hold.letGo();
  expect(existsSync(join(directory, `${address}.lease`))).toBe(false);
});

leaseTest('where another was quicker there is no lease any more, and theirs is left alone', async () => {
  const machine = plainMachine();
  const hold = await begin(machine);
  await restart(hold, machine);
  const theirs = await takeLease(plainMachine(), bob, { directory, limits });
  await expect(hold.renew()).rejects.toThrow(LeaseHeld);
  expect(() => {
    hold.check();
  }).toThrow('was not taken anew');
  expect(() => hold.signal).toThrow(LeaseLost);
  await hold.letGo();
  theirs.check();
  expect(existsSync(join(directory, `${address}.lease`))).toBe(true);
  await theirs[Symbol.asyncDispose]();
});
