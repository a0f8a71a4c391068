import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { needs } from '../../../test/tier.ts';
import { describeLeases, removeDeadLease } from './describe-leases.ts';
import { LeaseFailed } from './lease-errors.ts';
import { takeLease } from './take-lease.ts';
import { plainMachine } from './plain-machine.fixture.ts';

const leaseTest = needs('perl');
const root = mkdtempSync(join(tmpdir(), 'code43-leases-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

const limits = { beat: 0.2, trust: 6, hold: 7 };
const machine = plainMachine();
const who = { owner: 'ann@desk', purpose: 'runs n100-q35', run: 'run-a', wait: 0 };

leaseTest('where there never was a lease there is none', async () => {
  expect(await describeLeases(machine, join(root, 'nowhere'))).toEqual([]);
  expect(await removeDeadLease(machine, '0000:00:02.0', join(root, 'nowhere'))).toBe('absent');
});

leaseTest('live and dead leases are told apart, and only the dead are removed', async () => {
  const directory = join(root, 'leases');
  mkdirSync(directory);
  writeFileSync(join(directory, '0000:00:1f.3.lease'), '\u001b]0;evil\u0007\n"'.repeat(1000));
  writeFileSync(
    join(directory, '0000:01:00.0.lease'),
    `1000 ${crypto.randomUUID()} {"owner":"bob@ci","purpose":"p","run":"r"}\n`,
  );
  for (const foreign of ['notes', '00:02.0.lease', '0000:00:02.0.lease.bak'])
    writeFileSync(join(directory, foreign), '');
  await using lease = await takeLease(machine, { address: '0000:00:02.0', ...who }, { directory, limits });
  const [mine, rubbish, old, ...others] = await describeLeases(machine, directory);
  expect(others).toEqual([]);
  expect(mine).toMatchObject({
    address: '0000:00:02.0',
    live: true,
    holder: { owner: 'ann@desk', run: 'run-a' },
  });
  expect(rubbish).toMatchObject({ address: '0000:00:1f.3', live: false, holder: { owner: null, age: null } });
  expect(old).toMatchObject({ address: '0000:01:00.0', live: false, holder: { owner: 'bob@ci' } });
  expect(old?.holder.age).toBeGreaterThan(1_000_000_000);

  expect(await removeDeadLease(machine, '0000:00:02.0', directory)).toBe('live');
  expect(await removeDeadLease(machine, '0000:00:1f.3', directory)).toBe('removed');
  expect(await removeDeadLease(machine, '0000:01:00.0', directory)).toBe('removed');
  expect(await removeDeadLease(machine, '0000:01:00.0', directory)).toBe('absent');
  lease.check();
  expect(readdirSync(directory).sort()).toEqual([
    '0000:00:02.0.lease',
    '0000:00:02.0.lease.bak',
    '00:02.0.lease',
    'notes',
  ]);
});

leaseTest('looking hinders nobody who wants the lease', async () => {
  const directory = join(root, 'looked-at');
  const enough = new AbortController();
  const looks = (async () => {
    while (!enough.signal.aborted) await describeLeases(machine, directory);
  })();
  for (let i = 0; i < 20; i += 1) {
    const lease = await takeLease(machine, { address: '0000:00:02.0', ...who }, { directory, limits });
    await lease[Symbol.asyncDispose]();
  }
  enough.abort();
  await looks;
  expect(readdirSync(directory)).toEqual([]);
});

leaseTest('a directory that cannot be read is said, with the reason', async () => {
  const file = join(root, 'file');
  writeFileSync(file, '');
  await expect(describeLeases(machine, file)).rejects.toThrow(LeaseFailed);
  await expect(describeLeases(machine, file)).rejects.toThrow(
    /the leases on this machine: .*Not a directory/,
  );
});
